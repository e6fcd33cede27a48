import Foundation
import RouteCompiler
import RouteTable
import TestSupport
import Testing

/// Goal: what is run is what was checked, whoever may write the file.
@Suite("Table files and who may write them")
struct TrustedFileTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = try directory.write("routes.bin", bytes: SampleTable.compiled.bytes)
    }

    private func setMode(_ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test(
        "Precompiled patterns are used only from a file that others cannot write",
        arguments: [
            (0o644, true), (0o600, true), (0o664, false), (0o646, false), (0o666, false),
        ])
    func modes(mode: Int, isTrusted: Bool) throws {
        try setMode(mode)
        let report = TableReport(of: try LoadedTable(path: path))
        #expect(report.text.contains("not used") == !isTrusted)
    }

    /// Method: the file is overwritten in place, as nobody should, while the table is in use.
    @Test("A file that others may write cannot change a table that was loaded")
    func sealedCopy() throws {
        try setMode(0o666)
        let table = try LoadedTable(path: path)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data(repeating: 0xFF, count: SampleTable.compiled.bytes.count))
        try handle.truncate(atOffset: 10)
        try handle.close()
        let isGenuine = table.hasGenuineContent()
        #expect(isGenuine)
    }

    /// Method: the file is opened without waiting, which the kernel refuses while it is leased.
    @Test("The owner can write to the file of a table in use only once that goes on with a copy")
    func lease() throws {
        signal(SIGIO, SIG_IGN)
        let table = try LoadedTable(path: path, staysInUse: true)
        // SAFETY: Swift passes the path as a C string, here and below.
        #expect(unsafe open(path, O_WRONLY | O_NONBLOCK) == -1 && errno == EWOULDBLOCK)
        #expect(try table.giveWay())
        #expect(try !table.giveWay())
        #expect(unsafe truncate(path, 10) == 0)
        let isGenuine = table.hasGenuineContent()
        #expect(isGenuine)
    }

    @Test("A file that somebody writes to is copied")
    func openForWriting() throws {
        signal(SIGIO, SIG_IGN)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        let table = try LoadedTable(path: path, staysInUse: true)
        try handle.truncate(atOffset: 10)
        try handle.close()
        #expect(try !table.giveWay())
        let isGenuine = table.hasGenuineContent()
        #expect(isGenuine)
    }

    @Test("A symbolic link is refused, whatever it leads to")
    func symbolicLink() throws {
        let link = directory.file("link.bin")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(throws: TableError.isSymbolicLink) { _ = try LoadedTable(path: link) }
    }
}
