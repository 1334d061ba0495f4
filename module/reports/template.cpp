// SPDX-License-Identifier: Apache-2.0
#include "reports/template.h"

#include <utility>

#include "base/printable.h"
#include "reports/checker.h"
#include "reports/reader.h"
#include "reports/renderer.h"
#include "reports/tree.h"

namespace linuxcash::reports {

Text Place::say(Text what) const {
    return tr("%1:%2: %3", printable(*file), line, std::move(what));
}

Error Place::error(Text what) const {
    return Error{ErrorCode::InvalidInput, say(std::move(what))};
}

std::string str(const Path& path) {
    std::string text;
    for (const std::string& step : path)
        text += (text.empty() ? "" : ".") + step;
    return text;
}

Result<Template> Template::read(const Source& source, const Include& include) {
    Result<Block> block = read_block(source, include);
    if (!block) return block.error();
    return Template(std::make_shared<const detail::Tree>(detail::Tree{std::move(*block)}));
}

std::vector<Text> Template::check(const Shape& record) const {
    return check_block(tree_->block, record);
}

Result<core::slip::Slip> Template::fill(const Record& data) const {
    return fill_block(tree_->block, data);
}

}  // namespace linuxcash::reports
