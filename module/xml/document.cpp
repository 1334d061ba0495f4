// SPDX-License-Identifier: Apache-2.0
#include "xml/document.h"

#include <tinyxml2.h>

#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "xml/guard.h"

namespace linuxcash::xml {

namespace {

// As deep as the limits let documents be.
Element element_of(const tinyxml2::XMLElement& from) {
    Element element;
    element.name = from.Name();
    element.line = from.GetLineNum();
    for (const auto* each = from.FirstAttribute(); each != nullptr; each = each->Next())
        element.attributes.push_back({each->Name(), each->Value()});
    for (const auto* child = from.FirstChild(); child != nullptr; child = child->NextSibling()) {
        if (const auto* inner = child->ToElement(); inner != nullptr) {
            element.children.push_back({element_of(*inner)});
        } else if (const auto* text = child->ToText(); text != nullptr) {
            element.children.push_back({Characters{text->Value(), text->GetLineNum()}});
        }
    }
    return element;
}

}  // namespace

const std::string* Element::attribute(std::string_view attribute_name) const {
    const auto found = std::find_if(
        attributes.begin(), attributes.end(),
        [&](const Attribute& each) { return each.name == attribute_name; });
    return found == attributes.end() ? nullptr : &found->value;
}

Result<Element> parse(std::string_view text, std::string_view file, const Limits& limits) {
    if (const Result<> checked = check(text, file, limits); !checked) return checked.error();
    tinyxml2::XMLDocument document(true, tinyxml2::PRESERVE_WHITESPACE);
    const bool parsed = document.Parse(text.data(), text.size()) == tinyxml2::XML_SUCCESS;
    if (!parsed || document.RootElement() == nullptr) {
        return Error{
            ErrorCode::InvalidInput, tr("%1:%2: не разобрано как XML: проверьте теги и кавычки",
                                        printable(file), document.ErrorLineNum())};
    }
    return element_of(*document.RootElement());
}

}  // namespace linuxcash::xml
