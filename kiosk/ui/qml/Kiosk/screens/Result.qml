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
    readonly property bool brief: Theme.big > 1 || sideBySide

    title: vm.title
    contentHeight: urgency.height + doors.height + check.height + buttons.height + nurse.height + 4 * Theme.sp.m
    withinReach: Theme.low
    need: sideBySide ? Math.max(doors.height + Theme.sp.m + buttons.height, sideLeast + urgency.height + (check.visible ? check.height + Theme.sp.m : 0) + counsel.height + nurse.height + 2 * Theme.sp.m) : urgency.height + doors.height + buttons.height + nurse.height + (check.visible ? check.height + Theme.sp.m : 0) + 3 * Theme.sp.m

    Card {
        id: urgency

        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? root.sideTop : Math.max(0, doors.y - height - Theme.sp.m)
        width: root.sideBySide ? 740 : parent.width
        height: said.height + 2 * Theme.sp.m

        Rectangle {
            anchors.fill: parent
            radius: Theme.rad.card
            color: Theme.acuity[root.vm.level].tint
        }

        LevelBadge {
            anchors {
                left: parent.left
                leftMargin: Theme.sp.l
                verticalCenter: parent.verticalCenter
            }
            level: root.vm.level
            glyph: root.vm.glyph
            px: 88
            Accessible.ignored: true
        }

        Column {
            id: said

            anchors {
                left: parent.left
                leftMargin: 152
                verticalCenter: parent.verticalCenter
            }
            width: parent.width - 152 - Theme.sp.m

            FittedTxt {
                objectName: "levelText"
                room: parent.width
                smallest: 0.86
                width: parent.width
                strong: true
                text: root.vm.levelText
            }

            Txt {
                width: parent.width
                visible: text !== "" && Theme.big === 1 && !root.vm.staffCheck
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
        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? root.sideTop + urgency.height + Theme.sp.m : buttons.y - height - Theme.sp.m
        width: root.sideBySide ? 740 : parent.width
        height: visible ? implicitHeight : 0
        icon: "nurse"
        text: qsTr("Please let a nurse check first")
        hint: root.brief ? "" : qsTr("A nurse knows what to look for.")
    }

    Column {
        id: doors

        // Portrait: just above the buttons, so that a seated person reaches every one of them.
        y: root.sideBySide ? 0 : (check.visible ? check.y : buttons.y) - height - Theme.sp.m
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
                brief: !Theme.largest && (root.brief || root.vm.staffCheck)
                terse: Theme.big > 1 && !Theme.largest && (root.vm.staffCheck || root.sideBySide) && !modelData.best
                onClicked: root.vm.choose(modelData.code)
            }
        }
    }

    Row {
        id: counsel

        x: root.sideBySide ? root.sideX : Math.max(0, (parent.width - width) / 2)
        y: root.sideBySide ? parent.height - nurse.height - height - Theme.sp.m : buttons.y
        visible: root.sideBySide
        spacing: Theme.sp.s

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "shield"
            px: 36
            tint: Theme.c.ink2
        }

        Txt {
            width: Math.min(implicitWidth, 740 - 52)
            anchors.verticalCenter: parent.verticalCenter
            role: "caption"
            color: Theme.c.ink2
            text: advice.text
        }
    }

    Column {
        id: buttons

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
            bottomMargin: root.sideBySide ? 0 : nurse.height + Theme.sp.m
        }
        spacing: Theme.sp.m

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !root.sideBySide
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

    BigButton {
        id: nurse

        objectName: "askNurse"
        x: root.sideBySide ? root.sideX : 0
        anchors.bottom: parent.bottom
        width: root.sideBySide ? 740 : parent.width
        kind: root.vm.staffCheck || root.vm.doors.length === 0 ? "primary" : "secondary"
        openWords: true
        icon: "nurse"
        text: root.vm.staffCheck ? qsTr("Ask a nurse to check") : qsTr("I want to ask a nurse")
        onClicked: root.vm.askNurse()
    }
}
