import Foundation
import TestSupport

/// Counts the allocations of a program that is started with ``environment``.
///
/// `Resources/allocation-counter.c` is loaded into the program and counts in a file, so the program itself
/// knows nothing of it and reading disturbs nothing.
struct AllocationCounter {
    /// Whether a library can be loaded before all others and counts there: the sanitizers bring allocators of
    /// their own. `Scripts/test` sets these variables.
    static let isUsable = ["ASAN_OPTIONS", "TSAN_OPTIONS"].allSatisfy {
        ProcessInfo.processInfo.environment[$0] == nil
    }

    /// Whether the programs were built for release: without the optimiser they allocate more.
    static let programsAreOptimised =
        URL(fileURLWithPath: BuiltPrograms.path("wsproxy")).resolvingSymlinksInPath().path
        .contains("/release/")

    /// For the program whose allocations are counted.
    let environment: [String: String]
    private let countersPath: String

    /// Builds the library and an empty file of counters in `directory`.
    init(in directory: TemporaryDirectory) throws {
        let library = directory.file("allocation-counter.so")
        let source =
            "\(BuiltPrograms.checkout)/Tests/EndToEndTests/Resources/allocation-counter.c"
        let result = try RunningProgram.run(
            "clang", ["-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library, source])
        guard result.exit == .code(0) else {
            throw TestSupportError("the counter was not built: \(result.errors)")
        }
        // Four zeros of 64 bits.
        countersPath = try directory.write("counters", String(repeating: "\0", count: 32))
        environment = ["LD_PRELOAD": library, "ALLOCATION_COUNTER": countersPath]
    }

    /// Allocations since the program was started.
    func allocationCount() throws -> Int { try counter(0) }

    /// Bytes of memory that the program has now.
    func heldByteCount() throws -> Int { try counter(3) }

    private func counter(_ place: Int) throws -> Int {
        guard let bytes = FileManager.default.contents(atPath: countersPath), bytes.count == 32
        else { throw TestSupportError("no counters") }
        return bytes[(8 * place)..<(8 * place + 8)].enumerated().reduce(0) {
            $0 | Int($1.element) << (8 * $1.offset)
        }
    }

    /// The fewest allocations of the program in three runs of `body`.
    ///
    /// Threads that have nothing to do with it may still be at what they do once; they are not in all runs.
    func allocationCount(during body: () throws -> Void) throws -> Int {
        var fewest = Int.max
        for _ in 0..<3 {
            let before = try allocationCount()
            try body()
            fewest = try min(fewest, allocationCount() - before)
        }
        return fewest
    }
}
