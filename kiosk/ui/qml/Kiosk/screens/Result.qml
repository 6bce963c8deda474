pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// How urgent in plain words, and at most three departments with the reason for each.
Shell {
    id: root

    required property ResultViewModel vm
    // Titles and levels are our own words, and say what is wrong with this patient.
    readonly property bool personal: true
    readonly property real leftX: -(740 + Theme.sp.xl + 16)
    // Where the left column goes on under the title in landscape.
    readonly property real leftTop: titlesHeight + 200 + Theme.sp.l - contentTop
    readonly property bool tight: Theme.big > 1 || Theme.landscape

    title: vm.title
    contentHeight: urgency.height + doors.height + check.height + buttons.height + nurse.height + 4 * Theme.sp.m

    Card {
        id: urgency

        x: Theme.landscape ? root.leftX : 0
        y: Theme.landscape ? root.leftTop : Math.max(0, doors.y - height - Theme.sp.m)
        width: Theme.landscape ? 740 : parent.width
        height: said.height + 2 * Theme.sp.m

        Rectangle {
            anchors.fill: parent
            radius: Theme.rad.card
            color: Theme.acuity[root.vm.level].tint
        }

        LevelBadge {
            x: Theme.sp.l
            anchors.verticalCenter: parent.verticalCenter
            level: root.vm.level
            glyph: root.vm.glyph
            px: 88
            Accessible.ignored: true
        }

        Column {
            id: said

            x: 152
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - x - Theme.sp.m

            Txt {
                objectName: "levelText"
                width: parent.width
                strong: true
                text: root.vm.levelText
            }

            Txt {
                width: parent.width
                visible: text !== "" && Theme.big === 1 && !(Theme.landscape && root.vm.staffCheck)
                role: "label"
                color: Theme.c.ink2
                text: root.vm.levelHint
            }
        }
    }

    Notice {
        id: check

        objectName: "staffCheck"
        visible: root.vm.staffCheck
        x: Theme.landscape ? root.leftX : 0
        y: Theme.landscape ? root.leftTop + urgency.height + Theme.sp.m : buttons.y - height - Theme.sp.m
        width: Theme.landscape ? 740 : parent.width
        height: visible ? implicitHeight : 0
        icon: "nurse"
        text: qsTr("Please let a nurse check first")
        hint: root.tight ? "" : qsTr("A nurse knows what to look for.")
    }

    Column {
        id: doors

        // Portrait: just above the buttons, so that a seated person reaches every one of them.
        y: Theme.landscape ? 0 : (check.visible ? check.y : buttons.y) - height - Theme.sp.m
        width: parent.width
        spacing: Theme.sp.m

        Repeater {
            model: root.vm.doors

            DoorCard {
                required property var modelData

                objectName: "door_" + modelData.code
                width: parent?.width ?? 0
                height: implicitHeight
                door: modelData
                brief: root.tight || root.vm.staffCheck
                terse: Theme.big > 1 && root.vm.staffCheck && !modelData.best
                onClicked: root.vm.choose(modelData.code)
            }
        }
    }

    Row {
        x: Theme.landscape ? root.leftX : Math.max(0, (parent.width - width) / 2)
        y: Theme.landscape ? parent.height - nurse.height - height - Theme.sp.m : buttons.y
        visible: Theme.landscape
        spacing: Theme.sp.s

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "shield"
            px: 36
            tint: Theme.c.ink2
        }

        Txt {
            anchors.verticalCenter: parent.verticalCenter
            role: "caption"
            color: Theme.c.ink2
            text: advice.text
        }
    }

    BigButton {
        id: nurse

        objectName: "askNurse"
        x: Theme.landscape ? root.leftX : 0
        anchors.bottom: parent.bottom
        width: Theme.landscape ? 740 : parent.width
        kind: root.vm.staffCheck || root.vm.doors.length === 0 ? "primary" : "secondary"
        openWords: true
        icon: "nurse"
        text: root.vm.staffCheck ? qsTr("Ask a nurse to check") : qsTr("I want to ask a nurse")
        onClicked: root.vm.askNurse()
    }

    Column {
        id: buttons

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
            bottomMargin: Theme.landscape ? 0 : nurse.height + Theme.sp.m
        }
        spacing: Theme.sp.m

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !Theme.landscape
            spacing: Theme.sp.s

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "shield"
                px: 36
                tint: Theme.c.ink2
            }

            Txt {
                id: advice

                openWords: true
                width: Math.min(implicitWidth, root.width - 2 * Theme.sp.xl - 52)
                role: "caption"
                color: Theme.c.ink2
                text: qsTr("This is advice on where to go, not a diagnosis")
            }
        }

        BigButton {
            objectName: "chooseBest"
            visible: text !== ""
            width: parent.width
            kind: root.vm.staffCheck ? "secondary" : "primary"
            icon: "check"
            text: root.vm.chooseText
            onClicked: root.vm.chooseBest()
        }
    }
}
