internal import Foundation

/// Where the programs and the checkout of the project are.
package enum BuiltPrograms {
    /// The directory of the programs: that of the running tests, or what `WSROUTE_PRODUCTS` names.
    package static var directory: String {
        if let path = ProcessInfo.processInfo.environment["WSROUTE_PRODUCTS"] {
            return path.hasPrefix("/") ? path : "\(checkout)/\(path)"
        }
        let executable =
            (try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe")) ?? ""
        let own = URL(fileURLWithPath: executable).deletingLastPathComponent().path
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path
        }
        // The tests may be loaded by a helper of the toolchain; then the bundle is among its arguments.
        return [own, bundle ?? own].first {
            FileManager.default.isExecutableFile(atPath: "\($0)/wsorigin")
        } ?? own
    }

    /// The root of the checkout.
    package static var checkout: String {
        URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .path
    }

    /// Path of a program of the project.
    package static func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// Path of the Python of the virtual environment that `Scripts/bootstrap --tests` makes.
    package static var python: String { "\(checkout)/.venv/bin/python" }

    /// Path of a script for the interop tests.
    package static func interop(_ name: String) -> String { "\(checkout)/Tests/Interop/\(name)" }
}
