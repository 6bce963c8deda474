"""What makes the models that come with Daozhen; needs the `train` extra."""
