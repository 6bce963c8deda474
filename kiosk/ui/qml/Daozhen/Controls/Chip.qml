import QtQuick

// A finding the machine understood. kind: present, absent, unsure, fact; only a fact cannot be tapped.
Pressable {
    id: root

    property string kind: "present"
    property real widest: 984
    readonly property var look: ({
            present: ["check", Theme.c.accentTint, Theme.c.accent],
            absent: ["cross", Theme.c.sunk, Theme.c.ink2],
            unsure: ["question", Theme.c.warnTint, Theme.c.warn],
            fact: ["clock", Theme.c.sunk, Theme.c.ink2]
        })[kind]
    readonly property bool plain: kind === "absent" || kind === "fact"

    off: kind === "fact"
    personal: true
    implicitWidth: row.width + 52
    implicitHeight: Math.max(Theme.target.min, label.height + 16)

    Accessible.role: off ? Accessible.StaticText : Accessible.Button
    Accessible.description: kind === "present" ? qsTr("yes") : kind === "absent" ? qsTr("no") : kind === "unsure" ? qsTr("not sure") : ""

    FocusRing {
        on: root.activeFocus
        r: Theme.rad.chip + 8
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: Theme.rad.chip + 8
        color: root.down ? Theme.c.accentTint2 : root.look[1]
        border {
            width: Theme.bw.hair
            color: root.plain ? Theme.c.outline : root.look[2]
        }
    }

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 14

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.look[0]
            px: 36
            tint: root.look[2]
        }

        Txt {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.widest - 102)
            spoken: false
            role: "label"
            text: root.text
            bottomPadding: 4
        }
    }
}
