pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

Shell {
    id: root

    required property ConsentViewModel vm

    title: qsTr("May we use what you tell us?")
    subtitle: qsTr("Only to find the right department for you.")
    contentHeight: points.height + Theme.sp.xl + answers.height
    need: points.height + Theme.sp.m + answers.height

    Column {
        id: points

        width: parent.width
        spacing: root.sideBySide || Theme.big > 1 ? Theme.sp.m : Theme.sp.xl

        Repeater {
            model: [{
                    icon: "clipboard",
                    text: qsTr("Your doctor reads it"),
                    hint: qsTr("What you say and tap goes into your record here.")
                }, {
                    icon: "shield",
                    text: qsTr("It stays in this hospital"),
                    hint: root.vm.canHear ? qsTr("Your voice is not recorded.") : qsTr("Nothing goes to the internet.")
                }, {
                    icon: "end",
                    text: qsTr("This screen forgets you"),
                    hint: qsTr("Nobody after you can see it.")
                }]

            Row {
                id: point

                required property var modelData

                width: parent?.width ?? 0
                spacing: Theme.sp.l

                Rectangle {
                    id: disc

                    anchors.verticalCenter: parent.verticalCenter
                    width: 112
                    height: 112
                    radius: 30
                    color: Theme.c.accentTint

                    Icon {
                        anchors.centerIn: parent
                        name: point.modelData.icon
                        px: 68
                    }
                }

                Column {
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - disc.width - parent.spacing

                    Txt {
                        width: parent.width
                        role: "heading"
                        text: point.modelData.text
                    }

                    Txt {
                        width: parent.width
                        visible: !(root.sideBySide && Theme.big > 1) && text !== ""
                        role: "label"
                        color: Theme.c.ink2
                        text: point.modelData.hint
                    }
                }
            }
        }
    }


    Column {
        id: answers

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        BigButton {
            objectName: "agree"
            heads: true
            width: parent.width
            height: Math.max(root.sideBySide ? 140 : 172, implicitHeight)
            kind: "primary"
            icon: "check"
            text: qsTr("Yes, begin")
            onClicked: root.vm.agree()
        }

        BigButton {
            objectName: "refuse"
            width: parent.width
            icon: "person"
            text: qsTr("No, talk to a person")
            onClicked: root.vm.refuse()
        }
    }
}
