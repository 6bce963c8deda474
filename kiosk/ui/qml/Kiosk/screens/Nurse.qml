import QtQuick
import Daozhen.ViewModels

HandOver {
    required property NurseViewModel vm

    picture: "nurse"
    headline: qsTr("A nurse has been told")
    hint: qsTr("Please wait here. You can go on in the meantime.")
    action: vm.canGoOn ? qsTr("Go on by myself") : ""
    actionIcon: "next"
    actionKind: "secondary"
    onActed: vm.goOn()
}
