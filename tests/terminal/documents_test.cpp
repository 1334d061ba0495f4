// SPDX-License-Identifier: Apache-2.0
#include "terminal/documents.h"

#include <string>

#include "terminal/event.h"

// clang-format off
#include <CppUTest/TestHarness.h>
// clang-format on

using namespace linuxcash;
using namespace linuxcash::terminal;

namespace {

till::Receipt sale() {
    till::Receipt receipt;
    receipt.uid = "u1";
    receipt.number = 17;
    receipt.shift = 3;
    receipt.desk = "1";
    receipt.cashier = "Кассир 1";
    till::Line line;
    line.index = 1;
    line.code = "1001";
    line.name = "Молоко 1 л";
    line.unit = "шт";
    line.quantity = *Decimal::parse("2");
    line.price = Money(1750, Currency());
    line.discount = Money(100, Currency());
    line.total = Money(3400, Currency());
    receipt.lines.push_back(line);
    line.index = 2;
    line.removed = true;
    receipt.lines.push_back(line);
    for (const auto state :
         {till::PaymentState::Processed, till::PaymentState::Cancelled,
          till::PaymentState::Processed}) {
        till::Payment payment;
        payment.number = receipt.next_payment_number();
        payment.valutcode = 1;
        payment.kind = core::PaymentKind::Cash;
        payment.name = "Наличные";
        payment.sum = Money(1000, Currency());
        payment.state = state;
        receipt.payments.push_back(payment);
    }
    return receipt;
}

}  // namespace

TEST_GROUP(TerminalDocuments){};

TEST(TerminalDocuments, writes_the_receipt_as_the_contract_has_it) {
    till::Shift shift;
    shift.date = "2026-11-22";

    STRCMP_EQUAL(
        R"({"uid":"u1","number":17,"type":"sale","revision":0,"desk":"1","shift":3,)"
        R"("shift_date":"2026-11-22","cashier":"Кассир 1","currency":"BYN","total":"34.00",)"
        R"("due":"14.00","lines":[{"index":1,"code":"1001","name":"Молоко 1 л","barcode":"",)"
        R"("article":"","unit":"шт","type":"goods","quantity":"2","price":"17.50",)"
        R"("discount":"1.00","total":"34.00"}],"payments":[{"payment":1,"valutcode":1,)"
        R"("kind":"cash","name":"Наличные","sum":"10.00"}]})",
        receipt_document(sale(), shift, 3).str().c_str());
}

TEST_GROUP(TerminalEvents){};

TEST(TerminalEvents, writes_a_receipt_without_removed_lines) {
    STRCMP_EQUAL(
        R"({"event":"receipt","number":17,"uid":"u1","type":"sale","state":"open",)"
        R"("total":"34.00","due":"14.00","lines":[{"index":1,"code":"1001","name":"Молоко 1 л",)"
        R"("quantity":"2","price":"17.50","discount":"1.00","total":"34.00"}],"payments":)"
        R"([{"payment":1,"valutcode":1,"sum":"10.00","state":"processed"},)"
        R"({"payment":2,"valutcode":1,"sum":"10.00","state":"cancelled"},)"
        R"({"payment":3,"valutcode":1,"sum":"10.00","state":"processed"}],"change":"0.00","id":5})",
        to_json({json::Value(5), ReceiptEvent{sale()}}).str().c_str());
}

TEST(TerminalEvents, writes_a_question_with_its_limits) {
    DialogEvent dialog;
    dialog.dialog = 3;
    dialog.kind = DialogKind::Ask;
    dialog.accept = {host::Input::Scan, host::Input::Text};
    dialog.text = "Код";
    dialog.max = "10.00";

    STRCMP_EQUAL(
        R"({"event":"dialog","dialog":3,"kind":"ask","accept":["scan","text"],"level":"info",)"
        R"("title":"","text":"Код","max":"10.00","initial":""})",
        to_json({{}, dialog}).str().c_str());
}

TEST(TerminalEvents, writes_an_end_and_a_slip_that_is_owed) {
    FinishedEvent finished;
    finished.command = "pay";
    finished.outcome = host::Outcome::Unknown;
    finished.owed = true;
    finished.valutcode = 20;
    finished.sum = Money(2450, Currency());
    STRCMP_EQUAL(
        R"({"event":"finished","do":"pay","outcome":"unknown","owed":true,"text":"",)"
        R"("valutcode":20,"sum":"24.50"})",
        to_json({{}, finished}).str().c_str());

    SlipEvent slip;
    slip.slip.number = 12;
    slip.slip.lines = {"строка"};
    slip.slip.printed = till::Printed::Owed;
    slip.elements = json::Value(json::Array{});
    STRCMP_EQUAL(
        R"({"event":"slip","slip":12,"target":"receipt","lines":["строка"],"elements":[],)"
        R"("printed":"owed"})",
        to_json({{}, slip}).str().c_str());
}
