// SPDX-License-Identifier: Apache-2.0
#include "terminal/operations.h"

#include <algorithm>
#include <utility>

#include "forms/operation.h"
#include "slips/document.h"
#include "terminal/documents.h"
#include "terminal/receipt_edits.h"

namespace linuxcash::terminal {

namespace {

using core::OperationKind;

std::string text_of(const json::Value& report_info, std::string_view key) {
    return report_info.string(key).value_or(std::string());
}

template <typename Request>
Request with_head(host::Request head) {
    Request request;
    static_cast<host::Request&>(request) = std::move(head);
    return request;
}

}  // namespace

Approval approval_of(const till::Operation& operation, const host::Finished& end) {
    return {operation.sum, end.gateway_id, end.slip, end.report_info, end.note};
}

Operations::Operations(Parts parts) : parts_(std::move(parts)) {
}

Result<till::Operation> Operations::store(till::Operation operation) {
    const Result<OperationId> id = parts_.new_id();
    if (!id) return id.error();
    operation.id = *id;
    operation.word.reset();
    if (operation.receipt_uid.empty()) {
        operation.receipt_uid = parts_.desk.receipt()->uid;
        operation.receipt_number = parts_.desk.receipt()->number;
    }
    if (const Result<> stored = parts_.till.begin_operation(operation); !stored) {
        return stored.error();
    }
    return operation;
}

Result<std::optional<till::Receipt>> Operations::receipt_of(const std::string& uid) {
    const till::Receipt* at_hand = parts_.desk.receipt();
    if (at_hand != nullptr && at_hand->uid == uid) return std::optional<till::Receipt>(*at_hand);
    return parts_.till.receipt_by_uid(uid);
}

std::optional<till::Payment> Operations::refunded_payment(const till::Operation& refund) {
    const Result<std::optional<till::Receipt>> receipt = receipt_of(refund.receipt_uid);
    if (!refund.target || !receipt || !*receipt) return std::nullopt;
    const Result<std::optional<till::Receipt>> sale = receipt_of((*receipt)->sale_uid);
    if (!sale || !*sale) return std::nullopt;
    const auto& payments = (*sale)->payments;
    const auto found = std::find_if(payments.begin(), payments.end(), [&](const auto& each) {
        return each.operation == refund.target;
    });
    if (found == payments.end()) return std::nullopt;
    return *found;
}

host::Request Operations::request_of(const till::Operation& operation, bool silent) {
    host::Request request;
    request.id = operation.id;
    request.type = operation.valutcode;
    request.cashier = parts_.desk.cashier();
    request.silent = silent;
    const Result<std::optional<till::Receipt>> found = receipt_of(operation.receipt_uid);
    if (!found || !*found) return request;
    const till::Receipt& receipt = **found;
    till::Shift shift = parts_.desk.shift().value_or(till::Shift{});
    if (shift.number != receipt.shift) {
        Result<std::optional<till::Shift>> earlier = parts_.till.shift(receipt.shift);
        if (earlier && *earlier) shift = **earlier;
    }
    const auto without =
        operation.payment == 0 ? std::optional<int>() : std::optional<int>(operation.payment);
    request.receipt = receipt_document(receipt, shift, without).str();
    const auto note = receipt.notes.find(operation.system);
    if (note != receipt.notes.end()) request.note = note->second;
    return request;
}

Result<host::Conversation> Operations::begin(const till::Operation& operation, bool silent) {
    const Result<host::Instance*> found = parts_.systems.instance(operation.system);
    if (!found) return found.error();
    host::Instance& instance = **found;
    host::Request head = request_of(operation, silent);
    switch (operation.kind) {
        case OperationKind::Pay: {
            auto request = with_head<host::PayRequest>(std::move(head));
            request.sum = operation.sum;
            return instance.pay(request);
        }
        case OperationKind::Undo:
        case OperationKind::RefundUndo: {
            auto request = with_head<host::UndoRequest>(std::move(head));
            request.target = operation.target.value_or(OperationId{});
            const bool of_payment = operation.kind == OperationKind::Undo;
            return of_payment ? instance.undo(request) : instance.refund_undo(request);
        }
        case OperationKind::Refund: {
            if (!operation.target) {
                auto request = with_head<host::RefundFreeRequest>(std::move(head));
                request.sum = operation.sum;
                return instance.refund_free(request);
            }
            auto request = with_head<host::RefundRequest>(std::move(head));
            request.target = *operation.target;
            request.sum = operation.sum;
            const std::optional<till::Payment> payment = refunded_payment(operation);
            if (payment) request.gateway_id = payment->gateway_id;
            // What the module gave for the payment of the sale leads it back to it.
            if (payment && !request.note && !payment->note.empty()) request.note = payment->note;
            return instance.refund(request);
        }
    }
    return Error{ErrorCode::Unsupported, tr("касса не знает такой операции")};
}

void Operations::run(const till::Operation& operation, bool silent, Dialogue::Then then) {
    Result<host::Conversation> conversation = begin(operation, silent);
    // Internal is kept for conversations that broke off; this one never began.
    if (!conversation) return then(Error{ErrorCode::Unsupported, conversation.error().text});
    const std::string title = parts_.systems.find(operation.system)->title;
    parts_.dialogue.start(
        std::move(*conversation), {title, operation.receipt_uid}, std::move(then));
}

bool Operations::broke_off(const Result<host::Finished>& end) {
    return !end && end.error().code == ErrorCode::Internal;
}

void Operations::record_approved(const till::Operation& operation, const Approval& approval) {
    till::Payment payment;
    payment.valutcode = operation.valutcode;
    const Result<till::PaymentType> type = parts_.till.payment_type(operation.valutcode);
    if (type) {
        payment.kind = type->kind;
        payment.name = type->name;
    }
    if (const std::optional<till::Payment> of = refunded_payment(operation)) {
        payment.kind = of->kind;
        payment.name = of->name;
        payment.refunds_payment = of->number;
    }
    payment.sum = approval.sum;
    payment.operation = operation.id;
    payment.gateway_id = approval.gateway_id;
    payment.report_text = text_of(approval.report_info, "text");
    payment.report_card_type = text_of(approval.report_info, "card_type");
    payment.note = approval.note.value_or("");
    const bool has_slip = approval.slip.kind() == json::Kind::Object;
    const Result<core::slip::Slip> slip = slips::read_document(approval.slip);
    if (slip) payment.slip_text = parts_.slips.text_of(*slip);
    parts_.desk.record(
        [&](till::Receipt& receipt) {
            add_payment(receipt, payment);
            if (approval.note && approval.note->size() <= till::kNoteLimit) {
                receipt.notes[operation.system] = *approval.note;
            }
        },
        {operation.system, {operation.id, core::Settled::Kept}});
    if (slip && !slip->empty()) {
        parts_.slips.print({*slip, operation.receipt_uid, "receipt", false});
    } else if (!slip && has_slip) {
        parts_.announcer.log_warning(slip.error().text);
    }
    if (has_slip) return;
    // The module leaves it to us.
    host::Finished end;
    end.gateway_id = approval.gateway_id;
    print_end(operation.kind == OperationKind::Pay ? "payment" : "refund", operation, end);
}

void Operations::print_end(
    const char* form, const till::Operation& operation, const host::Finished& end) {
    const Result<till::PaymentType> type = parts_.till.payment_type(operation.valutcode);
    const Result<std::optional<till::Receipt>> receipt = receipt_of(operation.receipt_uid);
    forms::OperationEnd told{operation, type ? type->name : operation.system};
    told.gateway_id = end.gateway_id;
    told.text = end.text;
    told.owed = end.owed;
    told.cashier = parts_.desk.cashier();
    if (receipt && *receipt) told.shift = (*receipt)->shift;
    const reports::Record data = forms::operation_data(told, parts_.papers.occasion());
    parts_.slips.print({parts_.papers.form(form, data), operation.receipt_uid, "receipt", false});
}

}  // namespace linuxcash::terminal
