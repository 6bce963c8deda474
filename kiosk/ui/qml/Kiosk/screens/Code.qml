import QtQuick

// A code for the scanner, or its number on the pad.
Pad {
    id: root

    Picture {
        readonly property bool fits: !root.sideBySide && room >= 240

        name: fits ? "scan" : ""
        room: parent.height - root.contentHeight - 48
    }
}
