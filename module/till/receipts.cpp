// SPDX-License-Identifier: Apache-2.0
// Receipts: one is always written and read whole.
#include <utility>

#include "till/body.h"
#include "till/codes.h"
#include "till/query.h"
#include "till/till.h"
#include "till/words.h"

namespace linuxcash::till {
namespace {

Error wrong(Text text) {
    return {ErrorCode::InvalidInput, std::move(text)};
}

// The change is a money row of its own, under the number that payments never have.
constexpr int kChangeNumber = 0;

// ---- Writing ----

Result<> store_line(store::Database& database, const Receipt& receipt, std::size_t place) {
    const Line& line = receipt.lines[place];
    const auto minimum =
        line.minimum_price ? std::optional(line.minimum_price->minor()) : std::nullopt;
    return Query(
               database,
               "INSERT INTO goodsitem (documentid, place, posnum, opcode, removed, code, name, "
               "bcode, article, unit, linetype, bquant, price, minprice, disc_abs, sumb, "
               "saleposnum) "
               "VALUES ((SELECT documentid FROM document WHERE uid = ?), "
               "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(receipt.uid)
        .with(static_cast<std::int64_t>(place))
        .with(line.index)
        .with(line_code(receipt))
        .with(line.removed)
        .with(line.code)
        .with(line.name)
        .with(line.barcode)
        .with(line.article)
        .with(line.unit)
        .with(name(line.type))
        .with(line.quantity.str())
        .with(line.price.minor())
        .with(minimum)
        .with(line.discount.minor())
        .with(line.total.minor())
        .with(line.sale_index)
        .run();
}

Result<> store_payment(store::Database& database, const Receipt& receipt, const Payment& payment) {
    const auto operation =
        payment.operation ? std::optional(payment.operation->hex()) : std::nullopt;
    const auto code = holds_money(payment) ? std::optional(payment_code(receipt)) : std::nullopt;
    return Query(
               database,
               "INSERT INTO moneyitem (documentid, number, valcode, opcode, sumb, kind, name, "
               "state, "
               "operation, gatewayid, cardnum, slip, reporttext, reportcard, additionaldata, note, "
               "refunds) VALUES ((SELECT documentid FROM document WHERE uid = ?), "
               "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(receipt.uid)
        .with(payment.number)
        .with(payment.valutcode)
        .with(code)
        .with(payment.sum.minor())
        .with(name(payment.kind))
        .with(payment.name)
        .with(name(payment.state))
        .with(operation)
        .with(payment.gateway_id)
        .with(payment.card)
        .with(payment.slip_text)
        .with(payment.report_text)
        .with(payment.report_card_type)
        .with(payment.custom_data)
        .with(payment.note)
        .with(payment.refunds_payment)
        .run();
}

Result<> store_change(store::Database& database, const Receipt& receipt) {
    if (receipt.change.is_zero()) return Done{};
    return Query(
               database,
               "INSERT INTO moneyitem (documentid, number, valcode, opcode, sumb, kind, name, "
               "state, "
               "gatewayid, cardnum, slip, reporttext, reportcard, additionaldata, note, refunds) "
               "VALUES ((SELECT documentid FROM document WHERE uid = ?), "
               "?, ?, ?, ?, ?, '', ?, '', '', '', '', '', '', '', 0)")
        .with(receipt.uid)
        .with(kChangeNumber)
        .with(kCashValutcode)
        .with(change_code(receipt))
        .with(receipt.change.minor())
        .with(name(core::PaymentKind::Cash))
        .with(name(PaymentState::Processed))
        .run();
}

Result<> store_head(store::Database& database, const Receipt& receipt) {
    return Query(
               database,
               "INSERT INTO document (uid, checknum, workshiftid, doctype, closed, held, revision, "
               "cashcode, scode, sourceidentifier, cardnum, currency, sumb, time_beg, time_end) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
               "ON CONFLICT (uid) DO UPDATE SET doctype = excluded.doctype, "
               "closed = excluded.closed, held = excluded.held, revision = excluded.revision, "
               "scode = excluded.scode, cardnum = excluded.cardnum, sumb = excluded.sumb, "
               "time_end = excluded.time_end")
        .with(receipt.uid)
        .with(receipt.number)
        .with(receipt.shift)
        .with(document_type(receipt))
        .with(receipt.state != ReceiptState::Open)
        .with(receipt.held)
        .with(receipt.revision)
        .with(receipt.desk)
        .with(receipt.cashier)
        .with(receipt.sale_uid)
        .with(receipt.card)
        .with(receipt.currency.code())
        .with(receipt.total().minor())
        .with(receipt.opened_at_ms)
        .with(receipt.closed_at_ms)
        .run();
}

Result<> clear_parts(store::Database& database, const Receipt& receipt) {
    for (const char* table : {"goodsitem", "moneyitem", "documentnote"}) {
        const auto cleared = Query(database, std::string("DELETE FROM ") + table
                                                 + " WHERE documentid = (SELECT documentid FROM "
                                                   "document WHERE uid = ?)")
                                 .with(receipt.uid)
                                 .run();
        if (!cleared) return cleared;
    }
    return Done{};
}

Result<> store_parts(store::Database& database, const Receipt& receipt) {
    for (std::size_t place = 0; place < receipt.lines.size(); ++place) {
        if (auto stored = store_line(database, receipt, place); !stored) return stored;
    }
    for (const Payment& payment : receipt.payments) {
        if (auto stored = store_payment(database, receipt, payment); !stored) return stored;
    }
    for (const auto& [module, note] : receipt.notes) {
        const auto stored = Query(
                                database,
                                "INSERT INTO documentnote (documentid, module, note) "
                                "VALUES ((SELECT documentid FROM document WHERE uid = ?), ?, ?)")
                                .with(receipt.uid)
                                .with(module)
                                .with(note)
                                .run();
        if (!stored) return stored;
    }
    return store_change(database, receipt);
}

// ---- Reading ----

Result<> read_lines(store::Database& database, std::int64_t document, Receipt& receipt) {
    return Query(
               database,
               "SELECT posnum, removed, code, name, bcode, article, unit, linetype, bquant, price, "
               "minprice, disc_abs, sumb, saleposnum FROM goodsitem WHERE documentid = ? ORDER BY "
               "place")
        .with(document)
        .each([&](const store::Statement& row) -> Result<> {
            Line line;
            const auto type = parse_line_type(row.text(7));
            const auto quantity = Decimal::parse(row.text(8));
            if (!type || !quantity)
                return damaged(tr("строка чека %1 не читается", receipt.number));
            line.index = static_cast<int>(row.integer(0));
            line.removed = row.integer(1) != 0;
            line.code = row.text(2);
            line.name = row.text(3);
            line.barcode = row.text(4);
            line.article = row.text(5);
            line.unit = row.text(6);
            line.type = *type;
            line.quantity = *quantity;
            line.price = Money(row.integer(9), receipt.currency);
            if (!row.is_null(10)) line.minimum_price = Money(row.integer(10), receipt.currency);
            line.discount = Money(row.integer(11), receipt.currency);
            line.total = Money(row.integer(12), receipt.currency);
            line.sale_index = static_cast<int>(row.integer(13));
            receipt.lines.push_back(std::move(line));
            return Done{};
        });
}

Result<> read_payment(const store::Statement& row, Receipt& receipt) {
    Payment payment;
    payment.number = static_cast<int>(row.integer(0));
    payment.sum = Money(row.integer(2), receipt.currency);
    if (payment.number == kChangeNumber) {
        receipt.change = payment.sum;
        return Done{};
    }
    payment.valutcode = static_cast<int>(row.integer(1));
    const auto kind = parse_payment_kind(row.text(3));
    const auto state = parse_payment_state(row.text(5));
    if (!row.is_null(6)) payment.operation = OperationId::parse(row.text(6));
    if (!kind || !state || (!row.is_null(6) && !payment.operation)) {
        return damaged(tr("оплата чека %1 не читается", receipt.number));
    }
    payment.kind = *kind;
    payment.name = row.text(4);
    payment.state = *state;
    payment.gateway_id = row.text(7);
    payment.card = row.text(8);
    payment.slip_text = row.text(9);
    payment.report_text = row.text(10);
    payment.report_card_type = row.text(11);
    payment.custom_data = row.text(12);
    payment.note = row.text(13);
    payment.refunds_payment = static_cast<int>(row.integer(14));
    receipt.payments.push_back(std::move(payment));
    return Done{};
}

Result<> read_parts(store::Database& database, std::int64_t document, Receipt& receipt) {
    if (auto lines = read_lines(database, document, receipt); !lines) return lines;
    const auto payments =
        Query(
            database,
            "SELECT number, valcode, sumb, kind, name, state, operation, gatewayid, cardnum, slip, "
            "reporttext, reportcard, additionaldata, note, refunds FROM moneyitem "
            "WHERE documentid = ? ORDER BY number")
            .with(document)
            .each([&](const store::Statement& row) { return read_payment(row, receipt); });
    if (!payments) return payments;
    return Query(database, "SELECT module, note FROM documentnote WHERE documentid = ?")
        .with(document)
        .each([&](const store::Statement& row) -> Result<> {
            receipt.notes[row.text(0)] = row.text(1);
            return Done{};
        });
}

std::optional<ReceiptState> state_of(std::int64_t doctype, bool closed) {
    switch (doctype) {
        case kSaleDocument:
        case kReturnDocument:
        case kReturnBySaleDocument:
            return closed ? ReceiptState::Closed : ReceiptState::Open;
        case kCancelledSaleDocument:
        case kCancelledReturnDocument:
            return ReceiptState::Annulled;
    }
    return std::nullopt;
}

struct StoredHead {
    std::int64_t document = 0;
    Receipt receipt;
};

Result<StoredHead> head_of(const store::Statement& row) {
    StoredHead head;
    Receipt& receipt = head.receipt;
    head.document = row.integer(0);
    receipt.uid = row.text(1);
    receipt.number = row.integer(2);
    receipt.shift = row.integer(3);
    const std::int64_t doctype = row.integer(4);
    const auto state = state_of(doctype, row.integer(5) != 0);
    const auto currency = Currency::parse(row.text(11));
    if (!state || !currency) return damaged(tr("чек %1 не читается", receipt.number));
    const bool sale = doctype == kSaleDocument || doctype == kCancelledSaleDocument;
    receipt.type = sale ? core::ReceiptType::Sale : core::ReceiptType::Refund;
    receipt.state = *state;
    receipt.revision = row.integer(6);
    receipt.desk = row.text(7);
    receipt.cashier = row.text(8);
    receipt.sale_uid = row.text(9);
    receipt.card = row.text(10);
    receipt.currency = *currency;
    receipt.change = Money(0, *currency);
    receipt.opened_at_ms = row.integer(12);
    receipt.closed_at_ms = row.integer(13);
    receipt.held = row.integer(14) != 0;
    return head;
}

constexpr const char* kHeadColumns =
    "SELECT documentid, uid, checknum, workshiftid, doctype, closed, revision, cashcode, scode, "
    "sourceidentifier, cardnum, currency, time_beg, time_end, held FROM document ";

// One view of the database for several statements, whatever another process writes meanwhile.
class Snapshot {
public:
    explicit Snapshot(store::Database& database) : database_(database) {
        if (!database.in_transaction()) begun_ = database.execute("BEGIN");
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot() {
        if (!begun_ || !begun_->ok()) return;
        // Nothing was written, so there is nothing to lose.
        const auto ended = database_.execute("COMMIT");
        static_cast<void>(ended);
    }

    [[nodiscard]] Result<> begun() const { return begun_ ? *begun_ : Result<>(Done{}); }

private:
    store::Database& database_;
    std::optional<Result<>> begun_;  // nullopt inside a transaction of the caller
};

Result<std::vector<Receipt>> receipts_of(store::Database& database, Query query) {
    const Snapshot snapshot(database);
    if (auto begun = snapshot.begun(); !begun) return begun.error();
    std::vector<StoredHead> heads;
    const auto read = query.each([&](const store::Statement& row) -> Result<> {
        auto head = head_of(row);
        if (!head) return head.error();
        heads.push_back(std::move(*head));
        return Done{};
    });
    if (!read) return read.error();
    std::vector<Receipt> receipts;
    for (StoredHead& head : heads) {
        if (auto parts = read_parts(database, head.document, head.receipt); !parts) {
            return parts.error();
        }
        receipts.push_back(std::move(head.receipt));
    }
    return receipts;
}

Result<std::optional<Receipt>> one_receipt(store::Database& database, Query query) {
    auto receipts = receipts_of(database, std::move(query));
    if (!receipts) return receipts.error();
    if (receipts->empty()) return std::optional<Receipt>{};
    return std::optional(std::move(receipts->front()));
}

// ---- Rules of saving ----

Result<> check_receipt(const Receipt& receipt) {
    if (receipt.uid.empty() || receipt.number <= 0) {
        return wrong(tr("у чека нет номера или внутреннего имени"));
    }
    for (const Line& line : receipt.lines) {
        const bool one_currency = line.price.currency() == receipt.currency
                                  && line.discount.currency() == receipt.currency
                                  && line.total.currency() == receipt.currency;
        if (!one_currency) return wrong(tr("строка %1 чека в другой валюте", line.index));
    }
    if (!receipt.change.is_zero() && receipt.change.currency() != receipt.currency) {
        return wrong(tr("сдача чека %1 в другой валюте", receipt.number));
    }
    int last_number = 0;
    for (const Payment& payment : receipt.payments) {
        if (payment.number <= last_number) {
            return wrong(tr("номера оплат чека %1 не возрастают", receipt.number));
        }
        last_number = payment.number;
        if (payment.sum.currency() != receipt.currency) {
            return wrong(tr("оплата %1 чека в другой валюте", payment.number));
        }
        if (payment.note.size() > kNoteLimit) {
            return wrong(
                tr("заметка модуля к оплате %1 длиннее %2 байт", payment.number, kNoteLimit));
        }
    }
    for (const auto& [module, note] : receipt.notes) {
        if (note.size() <= kNoteLimit) continue;
        return wrong(tr("заметка модуля %1 длиннее %2 байт", module, kNoteLimit));
    }
    return Done{};
}

// Of a closed receipt only payments, and the way to being annulled, may change.
Result<> check_change(const Receipt& before, const Receipt& after) {
    const bool same_paper = before.number == after.number && before.type == after.type
                            && before.sale_uid == after.sale_uid && before.shift == after.shift;
    if (!same_paper) {
        return wrong(tr("чек %1 уже записан с другим номером, видом или сменой", before.number));
    }
    if (before.state == ReceiptState::Open) return Done{};
    const bool state_stays = before.state == after.state;
    const bool annulled =
        before.state == ReceiptState::Closed && after.state == ReceiptState::Annulled;
    if ((!state_stays && !annulled) || before.lines != after.lines) {
        return wrong(tr("чек %1 уже закрыт, его строки не меняются", before.number));
    }
    return Done{};
}

Result<> check_new(store::Database& database, const Receipt& receipt) {
    const auto taken = Query(database, "SELECT count(*) FROM document WHERE checknum = ?")
                           .with(receipt.number)
                           .number();
    if (!taken) return taken.error();
    if (taken->value_or(0) != 0) return wrong(tr("номер чека %1 уже занят", receipt.number));
    if (receipt.state != ReceiptState::Open) return Done{};
    const auto open = Query(database, "SELECT checknum FROM document WHERE closed = 0").number();
    if (!open) return open.error();
    if (*open) return wrong(tr("чек %1 ещё открыт", **open));
    return Done{};
}

Result<> store_receipt(
    store::Database& database, const std::optional<Receipt>& before, const Receipt& receipt) {
    const auto fits = before ? check_change(*before, receipt) : check_new(database, receipt);
    if (!fits) return fits;
    if (auto head = store_head(database, receipt); !head) return head;
    if (auto cleared = clear_parts(database, receipt); !cleared) return cleared;
    return store_parts(database, receipt);
}

}  // namespace

Result<std::int64_t> Till::next_receipt_number() {
    const auto last = Query(body_->database, "SELECT max(checknum) FROM document").number();
    if (!last) return last.error();
    return last->value_or(0) + 1;
}

Result<> Till::save(const Receipt& receipt, const std::vector<Word>& words) {
    return save_together({receipt}, words);
}

Result<> Till::save_together(const std::vector<Receipt>& receipts, const std::vector<Word>& words) {
    if (auto allowed = body_->owner_only(); !allowed) return allowed;
    for (const Receipt& receipt : receipts) {
        if (auto checked = check_receipt(receipt); !checked) return checked;
    }
    return body_->in_transaction([&]() -> Result<> {
        for (const Receipt& receipt : receipts) {
            const auto before = receipt_by_uid(receipt.uid);
            if (!before) return before.error();
            if (auto stored = store_receipt(body_->database, *before, receipt); !stored) {
                return stored;
            }
        }
        for (const Word& word : words) {
            if (auto stored = store_word(body_->database, word); !stored) return stored;
        }
        return Done{};
    });
}

Result<std::optional<Receipt>> Till::open_receipt() {
    return one_receipt(
        body_->database, Query(body_->database, std::string(kHeadColumns) + "WHERE closed = 0"));
}

Result<std::optional<Receipt>> Till::receipt(std::int64_t number) {
    Query query(body_->database, std::string(kHeadColumns) + "WHERE checknum = ?");
    query.with(number);
    return one_receipt(body_->database, std::move(query));
}

Result<std::optional<Receipt>> Till::receipt_by_uid(std::string_view uid) {
    Query query(body_->database, std::string(kHeadColumns) + "WHERE uid = ?");
    query.with(uid);
    return one_receipt(body_->database, std::move(query));
}

Result<std::vector<Receipt>> Till::receipts_of_shift(std::int64_t shift) {
    Query query(
        body_->database, std::string(kHeadColumns) + "WHERE workshiftid = ? ORDER BY checknum");
    query.with(shift);
    return receipts_of(body_->database, std::move(query));
}

Result<std::vector<Receipt>> Till::refunds_of(std::string_view sale_uid) {
    Query query(
        body_->database,
        std::string(kHeadColumns) + "WHERE sourceidentifier = ? AND doctype = ? ORDER BY checknum");
    query.with(sale_uid).with(kReturnBySaleDocument);
    return receipts_of(body_->database, std::move(query));
}

}  // namespace linuxcash::till
