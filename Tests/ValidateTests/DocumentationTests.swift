import Diagnostics
import Testing
import Validate

@Suite("Documentation")
struct DocumentationTests {
    @Test("Every code is in docs/diagnostics.md with its title, in order, and no other")
    func diagnostics() throws {
        let page = try #require(Fixtures.text("\(Fixtures.packageRoot)/docs/diagnostics.md"))
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| WR") }.map { row in
            row.split(separator: "|").prefix(2).map { String($0.trimmingPrefix(" ").dropLast()) }
        }
        let expected = DiagnosticCode.allCases.map { [$0.rawValue, $0.title] }
        #expect(rows == expected.sorted { $0[0] < $1[0] })
    }

    @Test("Codes are unique and titles are not empty")
    func codes() {
        #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).count == DiagnosticCode.allCases.count)
        #expect(
            DiagnosticCode.allCases.allSatisfy { !$0.title.isEmpty && !$0.title.hasSuffix(".") })
    }

    @Test("Every key of the language is in docs/config-reference.md")
    func reference() throws {
        let page = try #require(Fixtures.text("\(Fixtures.packageRoot)/docs/config-reference.md"))
        let words = Set(page.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
        for table in ConfigurationSchema.keyTables {
            for key in table.keys { #expect(words.contains(key), "\(key) of \(table.definition)") }
        }
    }

    @Test("Links from page to page lead to a file", arguments: ["", "docs", "docs/decisions"])
    func links(folder: String) throws {
        let root = "\(Fixtures.packageRoot)/\(folder)"
        let pages = try DiskFiles().names(inDirectory: root).filter { $0.hasSuffix(".md") }
        #expect(!pages.isEmpty)
        for page in pages {
            let text = try #require(Fixtures.text("\(root)/\(page)"))
            for piece in text.split(separator: "](").dropFirst() {
                let link = piece.prefix { !")# ".contains($0) }
                guard link.hasSuffix(".md"), !link.contains("://") else { continue }
                #expect(Fixtures.bytes("\(root)/\(link)") != nil, "\(folder)/\(page): \(link)")
            }
        }
    }
}
