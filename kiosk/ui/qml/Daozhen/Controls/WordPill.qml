import QtQuick

// A word or phrase on offer.
Pressable {
    id: root

    property real widest: 984

    implicitWidth: Math.min(widest, label.implicitWidth + 2 * Theme.sp.l)
    implicitHeight: 100

    FocusRing {
        on: root.activeFocus
        r: height / 2
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: height / 2
        color: root.down ? Theme.c.accentTint2 : Theme.c.accentTint
        border {
            width: Theme.bw.control
            color: Theme.c.accent
        }
    }

    Txt {
        id: label

        anchors.centerIn: parent
        anchors.verticalCenterOffset: -3
        width: Math.min(implicitWidth, root.widest - 2 * Theme.sp.l)
        spoken: false
        role: "body"
        strong: true
        color: Theme.c.accent
        text: root.text
        wrapMode: Text.NoWrap
        elide: Text.ElideRight
    }
}
