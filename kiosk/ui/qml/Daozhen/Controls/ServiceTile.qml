import QtQuick

// A service of the first screen: icon in a rounded disc, name, what it is for.
Pressable {
    id: root

    property string icon
    property real least: Theme.target.tile

    implicitHeight: Math.max(least, words.height + 2 * Theme.sp.s)

    FocusRing {
        on: root.activeFocus
        r: Theme.rad.card
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: Theme.rad.card
        color: root.down ? Theme.c.accentTint2 : Theme.c.surface
        border {
            width: Theme.bw.hair
            color: Theme.c.outline
        }
    }

    Rectangle {
        id: disc

        anchors {
            left: parent.left
            leftMargin: Theme.sp.l
            verticalCenter: parent.verticalCenter
        }
        width: 112
        height: 112
        radius: 30
        color: Theme.c.accentTint

        Icon {
            anchors.centerIn: parent
            name: root.icon
            px: 68
        }
    }

    Column {
        id: words

        anchors {
            left: disc.right
            leftMargin: Theme.sp.m
            right: parent.right
            rightMargin: Theme.sp.s
            verticalCenter: parent.verticalCenter
            verticalCenterOffset: -2
        }
        spacing: 2

        Txt {
            width: parent.width
            spoken: false
            role: "body"
            strong: true
            text: root.text
            lineHeight: 0.9
        }

        Txt {
            width: parent.width
            visible: text !== ""
            spoken: false
            role: "caption"
            text: root.hint
            color: Theme.c.ink2
        }
    }
}
