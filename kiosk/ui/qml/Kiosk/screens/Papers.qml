import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

Shell {
    id: root

    required property PapersViewModel vm

    title: qsTr("Which document?")
    contentHeight: rows.height
    need: rows.height

    Column {
        id: rows

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        ChoiceRow {
            objectName: "paper_card"
            width: parent.width
            minHeight: 188
            icon: "idcard"
            text: qsTr("ID card or residence permit")
            hint: qsTr("Also the permanent residence card")
            onClicked: root.vm.choose("card")
        }

        ChoiceRow {
            objectName: "paper_travel_permit"
            width: parent.width
            minHeight: 188
            icon: "route"
            text: qsTr("Mainland travel permit")
            hint: qsTr("From Hong Kong, Macao or Taiwan")
            onClicked: root.vm.choose("travel_permit")
        }

        ChoiceRow {
            objectName: "paper_passport"
            width: parent.width
            minHeight: 188
            icon: "globe"
            text: qsTr("Passport")
            onClicked: root.vm.choose("passport")
        }
    }
}
