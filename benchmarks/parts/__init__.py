"""What several measurements share: samples, a deployment of their own, a clock."""
