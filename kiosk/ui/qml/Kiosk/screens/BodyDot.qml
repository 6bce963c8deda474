import QtQuick
import Daozhen.Controls

// Where a name belongs on the drawing; large with a tick once something is chosen there.
Rectangle {
    id: root

    property bool chosen: false

    width: chosen ? 60 : 20
    height: width
    radius: width / 2
    color: chosen ? Theme.c.accent : Theme.c.surface
    border {
        width: 4
        color: Theme.c.accent
    }

    Accessible.ignored: true

    Icon {
        anchors.centerIn: parent
        visible: root.chosen
        name: "check"
        px: 36
        tint: Theme.c.onAccent
    }
}
