"""The pattern page: every component and block with its code and states, for editors and engineers who are signed in."""
