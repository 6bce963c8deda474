import QtQuick
import Daozhen.ViewModels

HandOver {
    required property DeskViewModel vm

    picture: "person"
    headline: vm.title
    hint: vm.hint
    action: qsTr("I am going to the desk")
    actionIcon: "walk"
    onActed: vm.finish()
}
