"""One module or folder per outside thing; third-party libraries are imported here."""
