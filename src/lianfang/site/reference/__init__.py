"""The reference in docs/reference/, written from the tables of the house: rules, registers, lifecycles, permissions."""
