"""How well the clinical core does on cases with known answers; `kiosk evaluate` for anybody who wants to repeat it."""
