pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Every language under its own name, so that whoever needs one can read it.
Shell {
    id: root

    required property LanguagesViewModel vm

    title: qsTr("Choose your language")
    contentHeight: rows.height
    need: rows.height

    Picture {
        name: "globe"
    }

    Column {
        id: rows

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        Repeater {
            model: root.vm.rows

            ChoiceRow {
                required property var modelData

                objectName: "language_" + modelData.tag
                width: parent?.width ?? 0
                minHeight: Theme.landscape ? 104 : Theme.target.row
                openWords: true
                text: modelData.name
                look: modelData.chosen ? "selected" : "rest"
                onClicked: root.vm.choose(modelData.tag)
            }
        }
    }
}
