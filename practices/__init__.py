"""Good practices of citizen participation, from abroad and from Bulgaria."""
