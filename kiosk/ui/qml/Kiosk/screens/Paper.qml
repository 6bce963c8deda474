pragma ComponentBehavior: Bound
import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// What stands on the slip, drawn as paper; scaled down where there is less room. Black on white in every theme.
Item {
    id: root

    required property SlipViewModel vm
    required property real space
    readonly property color ink: "#1B2733"
    readonly property color ink2: "#4A5763"
    readonly property bool failed: vm.delivery === "failed"
    readonly property bool personal: true
    // Number, room, time and way tell the lobby nothing, unless they lead to a department nobody need hear of.
    readonly property bool telling: vm.sensitive
    readonly property real shrink: Math.min(1, (space - 24) / paper.height)
    readonly property real codePx: failed ? 420 : 264
    readonly property var facts: [[qsTr("Department"), vm.department, false], [qsTr("Doctor"), vm.doctor, false], [qsTr("Time"), vm.time, !telling], [qsTr("Room"), vm.room, !telling]].filter(fact => fact[1] !== "")

    component Ink: Txt {
        color: "#1B2733"
        lineHeight: 1
    }

    component Dashes: Row {
        width: parent.width
        spacing: 9
        clip: true

        Repeater {
            model: 44

            Rectangle {
                width: 9
                height: 2
                color: "#7B8691"
            }
        }
    }

    height: paper.height * shrink + 24

    Rectangle {
        visible: !root.failed
        width: parent.width
        height: 44
        radius: 22
        color: Theme.mode === "contrast" ? "#3A3A3A" : "#1B2733"

        Rectangle {
            x: 64
            y: 16
            width: parent.width - 128
            height: 12
            radius: 6
            color: "#000000"
        }
    }

    Rectangle {
        id: paper

        anchors.horizontalCenter: parent.horizontalCenter
        y: 22
        width: 792
        height: column.height + 72
        scale: root.shrink
        transformOrigin: Item.Top
        color: "#FFFFFF"
        border {
            width: 2
            color: "#E5DDCF"
        }

        Column {
            id: column

            x: 44
            y: 40
            width: parent.width - 88
            spacing: 24

            Ink {
                anchors.horizontalCenter: parent.horizontalCenter
                font.pixelSize: 32
                strong: true
                openWords: true
                text: root.vm.hospital
            }

            Ink {
                anchors.horizontalCenter: parent.horizontalCenter
                role: "number"
                font.pixelSize: 148
                lineHeight: 0.8
                openWords: !root.telling
                text: root.vm.number
            }

            Grid {
                id: table

                // Long names get two rows of two.
                columns: root.facts.some(fact => fact[1].length > 7) ? 2 : Math.max(1, root.facts.length)
                width: parent.width
                rowSpacing: 16

                Repeater {
                    model: root.facts

                    Column {
                        id: fact

                        required property var modelData
                        readonly property bool openWords: modelData[2]

                        width: table.width / table.columns

                        Ink {
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            font.pixelSize: 28
                            color: root.ink2
                            text: fact.modelData[0]
                        }

                        Ink {
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            font.pixelSize: 44
                            fontSizeMode: Text.HorizontalFit
                            minimumPixelSize: 28
                            strong: true
                            text: fact.modelData[1]
                        }
                    }
                }
            }

            Rectangle {
                visible: root.vm.toBeConfirmed
                anchors.horizontalCenter: parent.horizontalCenter
                width: pending.width + 48
                height: pending.height + 12
                color: "transparent"
                border {
                    width: 3
                    color: root.ink
                }

                Ink {
                    id: pending

                    anchors.centerIn: parent
                    font.pixelSize: 32
                    strong: true
                    text: qsTr("To be confirmed at the desk")
                }
            }

            Dashes {}

            Flow {
                id: lower

                readonly property bool hasWords: root.vm.way !== "" || root.vm.wait !== ""

                width: parent.width
                spacing: 32
                leftPadding: root.failed || !hasWords ? (width - root.codePx) / 2 : 0

                Image {
                    width: root.codePx
                    height: root.codePx
                    visible: root.vm.code !== ""
                    source: root.vm.code
                    sourceSize.width: Math.round(root.codePx * Theme.scale)
                    cache: false
                    smooth: false

                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("Code of your slip")
                }

                Column {
                    visible: lower.hasWords && !root.failed
                    width: parent.width - root.codePx - 32
                    spacing: 12

                    Ink {
                        visible: root.vm.way !== ""
                        width: parent.width
                        font.pixelSize: 32
                        strong: true
                        openWords: !root.telling
                        text: qsTr("The way")
                    }

                    Ink {
                        visible: text !== ""
                        width: parent.width
                        font.pixelSize: 30
                        openWords: !root.telling
                        text: root.vm.way
                    }

                    Ink {
                        visible: text !== ""
                        width: parent.width
                        font.pixelSize: 30
                        openWords: !root.telling
                        color: root.ink2
                        text: root.vm.wait
                    }
                }
            }

            Ink {
                visible: root.failed && text !== ""
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                font.pixelSize: 30
                openWords: !root.telling
                text: root.vm.way
            }
        }
    }
}
