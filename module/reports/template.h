// SPDX-License-Identifier: Apache-2.0
// Report templates: XML that turns data into a slip, as reports/README.md tells administrators.
// Nothing in it runs code or reads files. Pure, any thread; read once, filled many times.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/slip.h"
#include "reports/data.h"

namespace linuxcash::reports {

inline constexpr std::size_t kTemplateBytesMax = 256 * 1024;  // with all that it includes
inline constexpr int kIncludeDepthMax = 8;
inline constexpr int kTemplateNodesMax = 5'000;  // with all that it includes
inline constexpr int kSlipElementsMax = 20'000;
inline constexpr std::size_t kSlipBytesMax = 1024 * 1024;
inline constexpr int kStepsMax = 200'000;  // of filling one template

struct Source {
    std::string file;  // for messages
    std::string text;
};

// Gives the template of that name ("head"); names with anything but small Latin letters, digits and
// underscores are never asked for.
using Include = std::function<Result<Source>(const std::string& name)>;

namespace detail {
struct Tree;
}

class Template {
public:
    // InvalidInput: what is wrong, a line "file:line: …" each, with remedies. TooLarge: over a
    // limit. `include` is not kept.
    [[nodiscard]] static Result<Template> read(const Source& source, const Include& include);

    // Fields, conditions, loops and formats that do not go with such a record: a line "file:line:
    // …" each, in their order; none twice.
    [[nodiscard]] std::vector<Text> check(const Shape& record) const;

    // A field that the data has not is nothing. InvalidInput: data of a kind that the template
    // cannot use; TooLarge: over a limit. Both with file and line.
    [[nodiscard]] Result<core::slip::Slip> fill(const Record& data) const;

private:
    explicit Template(std::shared_ptr<const detail::Tree> tree) : tree_(std::move(tree)) {}

    std::shared_ptr<const detail::Tree> tree_;
};

}  // namespace linuxcash::reports
