extension HTTPStatus {
    package static let accepted = HTTPStatus(rawValue: 202)
    package static let lengthRequired = HTTPStatus(rawValue: 411)
    package static let unsupportedMediaType = HTTPStatus(rawValue: 415)
}
