"""What QML shows: one view model per screen, each a pure function from Inputs to Props behind a QObject."""
