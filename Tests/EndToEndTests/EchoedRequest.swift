import Foundation
import TestSupport

/// What the origin's `/echo` says about the request that reached it.
struct EchoedRequest: Decodable {
    let method: String
    let target: String
    let version: String
    let headers: [[String]]
    let trailers: [String]
    let body: String
    let bodyByteCount: Int
    let bodyDigest: String
    let connection: Int
    let requestOfConnection: Int

    private enum CodingKeys: String, CodingKey {
        case method, target, version, headers, trailers, body, connection
        case bodyByteCount = "body_byte_count"
        case bodyDigest = "body_sha256"
        case requestOfConnection = "request_of_connection"
    }

    init(_ answer: HTTPAnswer) throws {
        guard answer.status == 200 else {
            throw TestSupportError("status \(answer.status): \(answer.text)")
        }
        self = try JSONDecoder().decode(EchoedRequest.self, from: Data(answer.body))
    }

    /// The values of all fields of that name, in order. The name is compared without case.
    func values(_ name: String) -> [String] {
        headers.filter { $0[0].lowercased() == name.lowercased() }.map { $0[1] }
    }
}
