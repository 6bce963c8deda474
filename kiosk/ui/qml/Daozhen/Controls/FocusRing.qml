import QtQuick

// Drawn outside the control, so that its size never jumps when the focus arrives.
Rectangle {
    id: root

    property bool on: false
    property real r: Theme.rad.button

    visible: on
    anchors.fill: parent
    anchors.margins: -(Theme.bw.focusGap + Theme.bw.focus)
    radius: r + Theme.bw.focusGap + Theme.bw.focus
    color: "transparent"
    border {
        width: Theme.bw.focus
        color: Theme.c.focus
    }
}
