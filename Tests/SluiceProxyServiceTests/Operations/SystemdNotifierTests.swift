import Foundation
import Logging
import ServiceLifecycle
import SluicePOSIX
import SluiceProxyService
import Testing

struct SystemdNotifierTests {
    private func notifier(_ variables: [String: String], processID: Int32 = 7) -> SystemdNotifier {
        SystemdNotifier(variables: { variables[$0] }, processID: processID)
    }

    @Test(.enabled(if: PeerProgram.isThere("python3"), "no python3"), arguments: [false, true])
    func `each state arrives as systemd spells it`(isAbstract: Bool) async throws {
        let directory = try TestDirectory()
        let name = isAbstract ? "@sluice-\(UUID().uuidString)" : directory.file("notify")
        let systemd = try await NotifySocket.hearing(at: name, count: 5)
        let notifier = notifier(["NOTIFY_SOCKET": name])
        try notifier.tell(.ready, status: "2 routes\nSTOPPING=1")
        try notifier.tell(.reloading)
        try notifier.tell(.stopping)
        try notifier.tell(status: "draining")
        try notifier.keepAlive()
        var messages = try await systemd.messages()
        let reloading = messages.remove(at: 1)
        #expect(messages == ["READY=1\nSTATUS=2 routes STOPPING=1", "STOPPING=1", "STATUS=draining", "WATCHDOG=1"])
        #expect(reloading.wholeMatch(of: /RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]+/) != nil)
    }

    @Test(arguments: [[:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "relative"], ["NOTIFY_SOCKET": "vsock:2:1"]])
    func `without systemd nothing is told, and nothing fails`(variables: [String: String]) throws {
        let notifier = notifier(variables)
        #expect(!notifier.isHeard)
        try notifier.tell(.ready)
    }

    @Test func `a socket that nobody hears is an error to log`() throws {
        let directory = try TestDirectory()
        let notifier = notifier(["NOTIFY_SOCKET": directory.file("gone")])
        #expect(throws: TransportError.self) { try notifier.tell(.ready) }
    }

    @Test(arguments: [String(repeating: "x", count: 200), "/\0x"])
    func `a name that no socket has is an error to log`(name: String) {
        let notifier = notifier(["NOTIFY_SOCKET": "/" + name])
        #expect(throws: TransportError.self) { try notifier.tell(.ready) }
    }

    @Test(arguments: [
        (["WATCHDOG_USEC": "3000000"], Duration.milliseconds(1500)),
        (["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "7"], .milliseconds(1500)),
        (["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "8"], nil), (["WATCHDOG_USEC": "0"], nil),
        (["WATCHDOG_USEC": "-5"], nil), (["WATCHDOG_USEC": "x"], nil), ([:], nil),
    ])
    func `the watchdog is told twice in its time, if it is ours`(variables: [String: String], interval: Duration?) {
        let notifier = notifier(variables.merging(["NOTIFY_SOCKET": "/run/systemd/notify"]) { $1 })
        #expect(notifier.keepAliveInterval == interval)
    }

    @Test(.enabled(if: PeerProgram.isThere("python3"), "no python3"))
    func `the watchdog hears of the service until it ends`() async throws {
        let directory = try TestDirectory()
        let systemd = try await NotifySocket.hearing(at: directory.file("notify"), count: 3)
        let notifier = notifier(["NOTIFY_SOCKET": systemd.name, "WATCHDOG_USEC": "20000"])
        let running = Task {
            await SystemdWatchdog(notifier, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }).run()
        }
        #expect(try await systemd.messages() == ["WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"])
        running.cancel()
        await running.value
    }
}
