import QtQuick
import Daozhen.ViewModels

HandOver {
    required property NurseViewModel vm

    picture: "nurse"
    headline: qsTr("Your call is noted")
    hint: qsTr("Please wave to a nurse. You can go on in the meantime.")
    action: vm.canGoOn ? qsTr("Go on by myself") : ""
    actionIcon: "next"
    actionKind: "secondary"
    onActed: vm.goOn()
}
