import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

Shell {
    id: root

    required property WhoViewModel vm

    title: qsTr("Give a phone number and birth date?")
    subtitle: qsTr("For a child or someone else, give theirs.")
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
            objectName: "withCard"
            visible: root.vm.canUseCard
            width: parent.width
            minHeight: 188
            icon: "idcard"
            text: qsTr("ID card")
            hint: qsTr("Put on the reader, or its number typed")
            onClicked: root.vm.withCard()
        }

        ChoiceRow {
            objectName: "withPhone"
            width: parent.width
            minHeight: 188
            icon: "phone"
            text: qsTr("Phone and birth date")
            hint: qsTr("So that the doctor finds the records")
            onClicked: root.vm.withPhone()
        }

        ChoiceRow {
            objectName: "withoutName"
            width: parent.width
            minHeight: 188
            icon: "person"
            text: qsTr("Without a name")
            hint: qsTr("Only the age, to advise you well")
            onClicked: root.vm.withoutName()
        }
    }
}
