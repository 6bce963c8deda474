pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

Shell {
    id: root

    required property SexViewModel vm

    title: qsTr("Is the patient female or male?")
    subtitle: qsTr("Some questions depend on it.")
    contentHeight: rows.height
    need: rows.height

    Picture {
        name: "person"
    }

    Column {
        id: rows

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: root.cramped ? Theme.sp.s : Theme.sp.m

        Repeater {
            model: [
                {
                    sex: "female",
                    icon: "woman",
                    text: qsTr("Female"),
                    hint: ""
                },
                {
                    sex: "male",
                    icon: "man",
                    text: qsTr("Male"),
                    hint: ""
                },
                {
                    sex: "",
                    icon: "shield",
                    text: qsTr("I would rather not say"),
                    hint: qsTr("You can skip this")
                }
            ]

            ChoiceRow {
                required property var modelData

                objectName: "sex_" + modelData.sex
                heads: modelData.sex === "female"
                width: parent?.width ?? 0
                minHeight: root.cramped ? Theme.target.row : root.sideBySide ? 150 : 164
                icon: modelData.icon
                text: modelData.text
                hint: modelData.hint
                look: modelData.sex !== "" && root.vm.chosen === modelData.sex ? "selected" : "rest"
                onClicked: root.vm.choose(modelData.sex)
            }
        }
    }
}
