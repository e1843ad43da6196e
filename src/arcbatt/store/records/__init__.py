"""What goes into a store and comes out of it: frozen records that check themselves."""
