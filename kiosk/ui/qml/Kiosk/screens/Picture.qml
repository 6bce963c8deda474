import QtQuick
import Daozhen.Controls

// A decorative picture between the sentence and the choices; it leaves first when room is short.
Rectangle {
    id: root

    property string name

    property real room: Theme.sideBySide ? parent.height - 460 : parent.height - 3 * 212

    visible: Theme.big === 1 && !Theme.low && name !== ""
    x: !Theme.sideBySide ? 0 : Theme.mirrored ? parent.width + Theme.sp.xl + 16 : -(740 + Theme.sp.xl + 16)
    y: Theme.sideBySide ? parent.height - height : Theme.sp.s
    width: Theme.sideBySide ? 740 : parent.width
    height: Math.min(300, room)
    radius: Theme.rad.card
    color: Theme.c.sunk

    Accessible.ignored: true

    Rectangle {
        anchors.centerIn: parent
        width: 200
        height: 200
        radius: 100
        color: Theme.c.surface
        border {
            width: Theme.bw.hair
            color: Theme.c.line
        }

        Icon {
            anchors.centerIn: parent
            name: root.name
            px: 116
        }
    }
}
