import QtQuick
import Daozhen.Controls

// One department to choose: where, why in the patient's own words, and how long.
Card {
    id: root

    required property var door
    // Without place and wait, or without the reason too, when room is short.
    property bool brief: false
    property bool terse: false
    // The badge stands below a name that needs the whole line.
    readonly property bool stacked: name.implicitWidth + fit.width + Theme.sp.s > words.width
    readonly property bool hasFacts: !brief && (door.place !== "" || door.wait !== "")

    tappable: true
    chosen: door.best
    tone: door.best ? "accent" : "plain"
    text: door.name
    hint: door.reason
    implicitHeight: Math.max(words.height, 112) + 2 * Theme.sp.m

    component Fact: Row {
        id: fact

        property string icon
        property string text
        property real widest

        visible: text !== ""
        spacing: Theme.sp.xs

        Icon {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            name: fact.icon
            px: 34
            tint: Theme.c.ink2
        }

        Txt {
            width: Math.min(implicitWidth, fact.widest - sign.width)
            role: "label"
            color: Theme.c.ink2
            text: fact.text
            wrapMode: Theme.largest ? Text.Wrap : Text.NoWrap
            elide: Theme.largest ? Text.ElideNone : Text.ElideRight
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
        color: root.door.best ? Theme.c.accent : Theme.c.accentTint

        Icon {
            anchors.centerIn: parent
            name: root.door.icon
            px: 68
            tint: root.door.best ? Theme.c.onAccent : Theme.c.accent
        }
    }

    Column {
        id: words

        anchors {
            left: disc.right
            leftMargin: Theme.sp.l
            right: chevron.left
            rightMargin: Theme.sp.m
            verticalCenter: parent.verticalCenter
            verticalCenterOffset: -2
        }
        spacing: 4

        Item {
            width: parent.width
            height: name.height + (root.stacked && fit.visible ? fit.height : 0)

            FittedTxt {
                id: name

                anchors.left: parent.left
                room: parent.width
                width: Math.min(implicitWidth, parent.width)
                role: "heading"
                text: root.door.name
                spoken: false
            }

            Badge {
                id: fit

                anchors.left: root.stacked ? parent.left : name.right
                anchors.leftMargin: root.stacked ? 0 : Theme.sp.s
                y: root.stacked ? name.height : (name.height - height) / 2 + 4
                visible: root.door.best
                tone: "solid"
                text: qsTr("Best fit")
            }
        }

        Txt {
            visible: !root.terse
            width: parent.width
            role: "label"
            text: root.door.reason
            spoken: false
            maximumLineCount: 2
            elide: Text.ElideRight
        }

        Flow {
            visible: root.hasFacts
            width: parent.width
            spacing: Theme.sp.m

            Fact {
                icon: "route"
                text: root.door.place
                widest: words.width
            }

            Fact {
                icon: "clock"
                text: root.door.wait
                widest: words.width
            }
        }
    }

    Icon {
        id: chevron

        anchors {
            right: parent.right
            rightMargin: Theme.sp.l
            verticalCenter: parent.verticalCenter
        }
        name: "next"
        px: 48
    }
}
