"""Where undertakings stand: States, treaties, and what is computed of them on a day."""
