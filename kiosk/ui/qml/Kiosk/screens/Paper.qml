pragma ComponentBehavior: Bound
import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// What stands on the slip, drawn as paper and always whole. Where there is less room it is wider and closer, and as
// small as paper is, never smaller than what can be read. Black on white in every theme.
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
    required property bool compact
    readonly property bool wide: compact || Theme.largest
    // A way of four lines and a long name leave no room for more.
    readonly property bool full: vm.toBeConfirmed || vm.way.split("\n").length > 4 || Theme.plain(vm.department).length > 16
    readonly property bool whole: true
    readonly property bool tight: compact || full
    readonly property real k: Theme.largest ? (compact ? 1.1 : full ? 1.15 : 1.35) : compact ? 1 : Theme.big
    readonly property int wayPx: Math.round((tight ? 28 : 30) * k)
    readonly property real codePx: compact ? (failed ? 230 : 168) : !failed ? 220 : vm.toBeConfirmed ? 240 : 280
    // Without this the words would get too small.
    readonly property real least: paper.height / k + 24
    // What it is, what it says, whether the lobby may hear it, its share of the line.
    readonly property var facts: [[qsTr("Department"), vm.department, false, 1.7], [qsTr("Doctor"), vm.doctor, false, 1.25], [qsTr("Time"), vm.time, !telling, 1], [qsTr("Room"), vm.room, !telling, 1]].filter(fact => fact[1] !== "")

    component Ink: Txt {
        color: "#1B2733"
        lineHeight: 1
    }

    component Pending: Rectangle {
        property real widest

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
            font.pixelSize: Math.round(32 * root.k)
            strong: true
            width: Math.min(implicitWidth, parent.widest)
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("To be confirmed at the desk")
        }
    }

    component Dashes: Row {
        width: parent.width
        spacing: 9
        clip: true

        Repeater {
            model: Math.max(0, Math.ceil(parent.width / 18))

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
        color: Theme.mode === "contrast" ? "#3A3A3A" : Theme.mode === "dark" ? "#3D4B58" : "#1B2733"

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
        width: root.wide ? root.width : Math.min(root.width, 888)
        height: column.height + (root.tight ? 48 : 72)
        scale: root.shrink
        transformOrigin: Item.Top
        color: "#FFFFFF"
        border {
            width: 2
            color: "#E5DDCF"
        }

        Column {
            id: column

            x: root.tight ? 32 : 44
            y: root.tight ? 26 : 40
            width: parent.width - 2 * x
            spacing: root.tight ? 14 : 24

            Ink {
                anchors.horizontalCenter: parent.horizontalCenter
                font.pixelSize: Math.round(32 * root.k)
                strong: true
                openWords: true
                text: root.vm.hospital
                width: Math.min(implicitWidth, parent.width)
                horizontalAlignment: Text.AlignHCenter
            }

            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: 32

                Ink {
                    anchors.verticalCenter: parent.verticalCenter
                    role: "number"
                    font.pixelSize: root.compact ? 104 : root.full ? 124 : 148
                    lineHeight: 0.8
                    openWords: !root.telling
                    text: root.vm.number
                }

                Pending {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.vm.toBeConfirmed && root.compact
                    widest: 320
                }
            }

            Row {
                id: table

                readonly property real share: (width - spacing * (root.facts.length - 1)) / root.facts.reduce((sum, fact) => sum + fact[3], 0)

                width: parent.width
                spacing: 16

                Repeater {
                    model: root.facts

                    Column {
                        id: fact

                        required property var modelData
                        required property int index
                        readonly property bool openWords: modelData[2]

                        width: table.share * modelData[3]

                        Ink {
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            font.pixelSize: Math.round(28 * root.k)
                            color: root.ink2
                            text: fact.modelData[0]
                        }

                        FittedTxt {
                            room: width
                            full: Math.round(44 * root.k)
                            smallest: 0.64
                            lines: fact.index === 0 ? 2 : 1
                            width: parent.width
                            horizontalAlignment: Text.AlignHCenter
                            color: root.ink
                            lineHeight: 1
                            strong: true
                            text: fact.modelData[1]
                        }
                    }
                }
            }

            Pending {
                visible: root.vm.toBeConfirmed && !root.compact
                anchors.horizontalCenter: parent.horizontalCenter
                widest: column.width - 48
            }

            Dashes {}

            Flow {
                id: lower

                readonly property bool hasWords: root.vm.way !== "" || root.vm.wait !== ""

                width: parent.width
                spacing: 32
                leftPadding: (root.failed && !root.compact) || !hasWords ? (width - root.codePx) / 2 : 0
                rightPadding: Theme.mirrored ? leftPadding : 0

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
                    visible: lower.hasWords && (!root.failed || root.compact)
                    width: parent.width - root.codePx - 32
                    spacing: 12

                    Ink {
                        visible: root.vm.way !== "" && !root.compact
                        width: parent.width
                        font.pixelSize: Math.round(32 * root.k)
                        strong: true
                        openWords: !root.telling
                        text: qsTr("The way")
                    }

                    Ink {
                        visible: text !== ""
                        width: parent.width
                        font.pixelSize: root.wayPx
                        openWords: !root.telling
                        text: root.vm.way
                    }

                    Ink {
                        visible: text !== ""
                        width: parent.width
                        font.pixelSize: root.wayPx
                        openWords: !root.telling
                        color: root.ink2
                        text: root.vm.wait
                    }
                }
            }

            Ink {
                visible: root.failed && !root.compact && text !== ""
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                font.pixelSize: root.wayPx
                openWords: !root.telling
                text: root.vm.way
            }
        }
    }
}
