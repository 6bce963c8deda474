import QtQuick
import Daozhen.ViewModels

HandOver {
    required property CardViewModel vm

    picture: "idcard"
    headline: vm.title
    hint: vm.hint
    action: vm.done ? qsTr("Go on") : qsTr("Type the number")
    actionIcon: vm.done ? "next" : "keyboard"
    actionKind: vm.done ? "primary" : "secondary"
    onActed: vm.goOn()
}
