"""An e-mail taken apart."""
