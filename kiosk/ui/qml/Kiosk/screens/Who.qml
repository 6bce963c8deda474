import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

Shell {
    id: root

    required property WhoViewModel vm

    title: qsTr("Who is the visit for?")
    subtitle: qsTr("You can also go on without a name.")
    contentHeight: rows.height
    need: rows.height

    Picture {
        name: "idcard"
    }

    Column {
        id: rows

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        ChoiceRow {
            objectName: "withPhone"
            width: parent.width
            minHeight: 188
            icon: "phone"
            text: qsTr("Phone and birth date")
            hint: qsTr("So that your doctor finds your records")
            onClicked: root.vm.withPhone()
        }

        ChoiceRow {
            objectName: "withoutName"
            width: parent.width
            minHeight: 188
            icon: "person"
            text: qsTr("Without a name")
            hint: qsTr("Only your age, to advise you well")
            onClicked: root.vm.withoutName()
        }
    }
}
