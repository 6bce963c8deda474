import QtQuick

// One line of a board: picture, name, and where it is.
Pressable {
    id: root

    property string icon

    implicitHeight: Math.max(Theme.target.min, words.height + 2 * Theme.sp.xs)

    FocusRing {
        on: root.activeFocus
        r: Theme.rad.button
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: Theme.rad.button
        color: root.down ? Theme.c.accentTint2 : Theme.c.surface
        border {
            width: Theme.bw.hair
            color: Theme.c.outline
        }
    }

    Icon {
        id: picture

        anchors {
            left: parent.left
            leftMargin: Theme.sp.m
            verticalCenter: parent.verticalCenter
        }
        name: root.icon
        px: 60
    }

    Column {
        id: words

        anchors {
            left: picture.right
            leftMargin: Theme.sp.s
            right: parent.right
            rightMargin: Theme.sp.s
            verticalCenter: parent.verticalCenter
            verticalCenterOffset: -2
        }

        Txt {
            width: parent.width
            spoken: false
            role: "label"
            strong: true
            text: root.text
        }

        Txt {
            width: parent.width
            visible: text !== ""
            spoken: false
            role: "caption"
            color: Theme.c.ink2
            text: root.hint
        }
    }
}
