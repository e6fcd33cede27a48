import Foundation
import FuzzEntries
import TestSupport

/// An input that is kept: a sample to begin with, or what once was a finding.
struct FuzzInput: Sendable {
    let target: FuzzTarget
    /// Below `Fuzz`, such as `Corpus/chunked/two-chunks`.
    let name: String
    let bytes: [UInt8]

    /// The files of `Corpus` or `Findings`, in the order of their names.
    ///
    /// Of tables the corpus has none: those of the configurations are taken.
    static func all(in folder: String, of target: FuzzTarget) -> [FuzzInput] {
        let inputs = files(in: "\(folder)/\(target.rawValue)", of: target)
        guard folder == "Corpus", target == .table else { return inputs }
        return inputs
            + files(in: "Corpus/configuration", of: .table).compactMap { input in
                TableSeed.table(compiledFrom: input.bytes).map {
                    FuzzInput(target: .table, name: "table of \(input.name)", bytes: $0)
                }
            }
    }

    private static func files(in folder: String, of target: FuzzTarget) -> [FuzzInput] {
        let path = "\(BuiltPrograms.checkout)/Fuzz/\(folder)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().compactMap { name in
            FileManager.default.contents(atPath: "\(path)/\(name)").map {
                FuzzInput(target: target, name: "\(folder)/\(name)", bytes: Array($0))
            }
        }
    }
}
