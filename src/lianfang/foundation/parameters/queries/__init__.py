"""Reading parameters: values of a day, units that decide them, how each stands, and adjustments."""
