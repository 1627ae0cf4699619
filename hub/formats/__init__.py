"""How dates and numbers are written in the two languages, where Django's own way is not the hub's."""
