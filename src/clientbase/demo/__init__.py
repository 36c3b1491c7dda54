"""An invented shop to try the program on, made fresh around today."""
