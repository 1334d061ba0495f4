// SPDX-License-Identifier: Apache-2.0
#include "sales/exporter.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "sales/aif.h"
#include "sales/documents.h"

namespace linuxcash::sales {

namespace {

constexpr mode_t kFileMode = 0640;
constexpr mode_t kFolderMode = 0770;  // readers put requests there, and remove what they have read
constexpr int kReceiptsAtOnce = 20;
constexpr core::Millis kRetryMs = 10'000;
constexpr core::Millis kLookMs = 1'000;
constexpr core::Millis kServeMs = 50;  // how long one call works at a request
constexpr std::size_t kRequestBytesMax = 64 * 1024;

bool has_ended(const till::Receipt& receipt) {
    return receipt.state != till::ReceiptState::Open;
}

std::vector<std::string> cashiers_of(const std::vector<till::Receipt>& receipts) {
    std::vector<std::string> cashiers;
    for (const till::Receipt& receipt : receipts) {
        if (std::ranges::find(cashiers, receipt.cashier) == cashiers.end()) {
            cashiers.push_back(receipt.cashier);
        }
    }
    return cashiers;
}

Error no_such_receipt(std::int64_t number) {
    return {ErrorCode::NotFound, tr("чека %1 нет", number)};
}

}  // namespace

Exporter::Exporter(Parts parts) : parts_(std::move(parts)) {
}

void Exporter::work() {
    if (trouble_ && parts_.clock.monotonic() < retry_at_) return;
    if (const Result<> done = step(); !done) return postpone(done.error());
    if (!trouble_) return;
    trouble_.reset();
    parts_.notice(core::LogLevel::Info, tr("Выгрузка продаж возобновлена"));
}

void Exporter::postpone(const Error& error) {
    retry_at_ = parts_.clock.monotonic() + kRetryMs;
    if (trouble_ == error) return;
    trouble_ = error;
    parts_.notice(
        core::LogLevel::Warning,
        tr("Выгрузка продаж отложена, продажи не потеряны: %1", error.text));
}

Result<> Exporter::step() {
    if (const Result<> told = tell_receipts(); !told) return told;
    if (const Result<> told = tell_shifts(); !told) return told;
    if (!request_) {
        if (const Result<> looked = look_for_request(); !looked) return looked;
    }
    if (!request_) return Done{};
    const Result<> served = serve(*request_);
    // Begun anew by the next attempt: what was written is written again, with the same content.
    if (!served || request_->wishes.empty()) request_.reset();
    return served;
}

// ---- What has ended ----

Result<> Exporter::tell_receipts() {
    const Result<std::vector<std::int64_t>> numbers =
        parts_.till.unexported_receipts(kReceiptsAtOnce);
    if (!numbers) return numbers.error();
    for (const std::int64_t number : *numbers) {
        if (const Result<> written = write_receipt(number); !written) return written;
        if (const Result<> marked = parts_.till.mark_receipt_exported(number); !marked) {
            return marked;
        }
    }
    return Done{};
}

Result<> Exporter::tell_shifts() {
    const Result<std::vector<till::Shift>> shifts = parts_.till.unexported_shifts();
    if (!shifts || shifts->empty()) return shifts ? Result<>(Done{}) : Result<>(shifts.error());
    // One at a time: a long list must not stop the register for long.
    const till::Shift& shift = shifts->front();
    // Those that were annulled after their own shift's file was written go with the next file.
    const Result<std::vector<std::int64_t>> annulled = parts_.till.annulled_since_filed();
    if (!annulled) return annulled.error();
    if (const Result<> written = write_shift(shift, *annulled); !written) return written;
    return parts_.till.mark_shift_exported(shift.number);
}

Result<json::Value> Exporter::shift_info(
    std::int64_t number, const std::vector<till::Receipt>& receipts) {
    const Result<std::optional<till::Shift>> shift = parts_.till.shift(number);
    if (!shift) return shift.error();
    const Result<till::ShiftSums> sums = parts_.till.shift_sums(number, parts_.currency);
    if (!sums) return sums.error();
    till::Shift known;
    known.number = number;
    return shift_document({shift->value_or(known), *sums, parts_.desk, cashiers_of(receipts)});
}

Result<> Exporter::write_receipt(std::int64_t number) {
    const Result<std::optional<till::Receipt>> receipt = parts_.till.receipt(number);
    if (!receipt) return receipt.error();
    if (!*receipt) return no_such_receipt(number);
    const Result<json::Value> shift = shift_info((*receipt)->shift, {**receipt});
    if (!shift) return shift.error();
    return write(
        parts_.folder / "online", receipt_file_name(**receipt),
        file_text({*shift}, {receipt_document(**receipt)}));
}

Result<> Exporter::write_shift(const till::Shift& shift, const std::vector<std::int64_t>& others) {
    const Result<std::vector<till::Receipt>> receipts = parts_.till.receipts_of_shift(shift.number);
    if (!receipts) return receipts.error();
    const Result<json::Value> own = shift_info(shift.number, *receipts);
    if (!own) return own.error();
    std::vector<json::Value> shifts{*own};
    std::vector<json::Value> documents;
    for (const std::int64_t number : others) {
        const Result<std::optional<till::Receipt>> receipt = parts_.till.receipt(number);
        if (!receipt) return receipt.error();
        if (!*receipt) return no_such_receipt(number);
        if ((*receipt)->shift == shift.number) continue;
        const Result<json::Value> earlier = shift_info((*receipt)->shift, {**receipt});
        if (!earlier) return earlier.error();
        shifts.push_back(*earlier);
        documents.push_back(receipt_document(**receipt));
    }
    for (const till::Receipt& receipt : *receipts) {
        if (has_ended(receipt)) documents.push_back(receipt_document(receipt));
    }
    return write(parts_.folder, shift_file_name(shift), file_text(shifts, documents));
}

Result<> Exporter::write(
    const std::filesystem::path& folder, const std::string& name, const std::string& text) {
    if (const Result<> made = make_folders(folder, kFolderMode); !made) return made;
    if (const Result<> written = write_file(folder / name, text, kFileMode); !written) {
        return written;
    }
    parts_.log(tr("Продажи выгружены: %1", name));
    return Done{};
}

// ---- What is asked for ----

Result<> Exporter::look_for_request() {
    const core::Millis now = parts_.clock.monotonic();
    if (looked_at_ && now - *looked_at_ < kLookMs) return Done{};
    looked_at_ = now;
    Result<std::string> bytes = read_file(request_file(), kRequestBytesMax);
    if (!bytes && bytes.error().code == ErrorCode::NotFound) {
        doubtful_.reset();
        return Done{};
    }
    // What cannot be read as a file is answered like what cannot be understood.
    const std::string text = bytes ? std::move(*bytes) : std::string();
    const Result<std::vector<Span>> spans =
        bytes ? parse_request(text) : Result<std::vector<Span>>(bytes.error());
    if (spans) {
        doubtful_.reset();
        return plan(text, *spans);
    }
    // It may be half written: refused when it is the same at the second look.
    if (doubtful_ != text) {
        doubtful_ = text;
        return Done{};
    }
    refuse(text, spans.error().text);
    return Done{};
}

void Exporter::refuse(const std::string& bytes, const Text& why) {
    std::filesystem::path aside = request_file();
    aside += ".error";
    std::error_code failure;
    std::filesystem::rename(request_file(), aside, failure);
    // One that cannot be put aside is not complained of each second.
    if (failure && refused_ == bytes) return;
    refused_ = bytes;
    doubtful_.reset();
    parts_.notice(
        core::LogLevel::Warning,
        tr("Запрос выгрузки продаж не понят и отложен в sale.req.error, исправьте его и положите "
           "снова: %1",
           why));
}

Result<> Exporter::plan(std::string bytes, const std::vector<Span>& spans) {
    Request request;
    request.bytes = std::move(bytes);
    for (const Span& span : spans) {
        const Result<std::vector<till::Shift>> shifts =
            parts_.till.shifts_between(span.from_ms, span.to_ms);
        if (!shifts) return shifts.error();
        for (const till::Shift& shift : *shifts) {
            if (!shift.open) {
                request.wishes.emplace_back(ShiftWish{shift.number});
                continue;
            }
            const Result<> wished = wish_open_shift(request, shift.number, span);
            if (!wished) return wished;
        }
    }
    request_ = std::move(request);
    return Done{};
}

Result<> Exporter::wish_open_shift(Request& request, std::int64_t shift, const Span& span) {
    const Result<std::vector<till::Receipt>> receipts = parts_.till.receipts_of_shift(shift);
    if (!receipts) return receipts.error();
    for (const till::Receipt& receipt : *receipts) {
        const bool then = span.from_ms <= receipt.closed_at_ms && receipt.closed_at_ms < span.to_ms;
        if (has_ended(receipt) && then) request.wishes.emplace_back(ReceiptWish{receipt.number});
    }
    return Done{};
}

Result<> Exporter::serve(Request& request) {
    const core::Millis until = parts_.clock.monotonic() + kServeMs;
    while (!request.wishes.empty() && parts_.clock.monotonic() < until) {
        if (const Result<> granted = grant(request.wishes.front()); !granted) return granted;
        request.wishes.pop_front();
        ++request.written;
    }
    return request.wishes.empty() ? end_request(request) : Result<>(Done{});
}

Result<> Exporter::grant(const Wish& wish) {
    if (const auto* receipt = std::get_if<ReceiptWish>(&wish)) {
        return write_receipt(receipt->number);
    }
    const Result<std::optional<till::Shift>> shift =
        parts_.till.shift(std::get<ShiftWish>(wish).number);
    if (!shift) return shift.error();
    if (!*shift) return Error{ErrorCode::NotFound, tr("смены нет")};
    return write_shift(**shift, {});
}

Result<> Exporter::end_request(const Request& request) {
    // One that was replaced meanwhile is another request.
    const Result<std::string> now = read_file(request_file(), kRequestBytesMax);
    if (!now || *now != request.bytes) return Done{};
    std::error_code failure;
    std::filesystem::remove(request_file(), failure);
    if (failure) {
        return Error{
            ErrorCode::Io, tr("запрос %1 не удален: %2. Разрешите кассе менять эту папку",
                              request_file().native(), failure.message())};
    }
    parts_.notice(
        core::LogLevel::Info, tr("Продажи выгружены по запросу, файлов: %1", request.written));
    return Done{};
}

}  // namespace linuxcash::sales
