// SPDX-License-Identifier: Apache-2.0
#include "simulator/oplati/refusals.h"

#include <algorithm>
#include <array>
#include <utility>

namespace linuxcash::simulator::oplati {

namespace {

struct Words {
    int http;
    const char* internal_code;
    const char* russian;
    const char* english;
};

// The two texts about tokens are those that source documents quote; the rest is ours.
constexpr std::array<std::pair<Refusal, Words>, 17> kWords{{
    {Refusal::BadRequest, {400, "BAD_REQUEST", "Неверный запрос", "Bad request"}},
    {Refusal::SessionUnknown,
     {400, "SESSION_UNKNOWN", "Сессия оплаты не найдена или истекла",
      "The session is unknown or has lapsed"}},
    {Refusal::ConsumerNotReady,
     {400, "CONSUMER_NOT_READY", "Покупатель ещё не присоединился",
      "The customer has not joined yet"}},
    {Refusal::AboveRemainder,
     {400, "REVERSAL_ABOVE_REMAINDER", "Сумма возврата больше остатка платежа",
      "The reversal is above what is left of the payment"}},
    {Refusal::NotRefundable,
     {400, "PAYMENT_NOT_REVERSIBLE", "По этому платежу возврат невозможен",
      "This payment cannot be reversed"}},
    {Refusal::TokenExists,
     {400, "TOKEN_ALREADY_EXISTS", "Токен уже существует или касса работает в режиме пароля",
      "The token exists already, or the desk works in password mode"}},
    {Refusal::TokenInvalid, {401, "TOKEN_INVALID", "Неверный токен", "The token is not valid"}},
    {Refusal::TokenMissing,
     {401, "TOKEN_MISSING",
      "Необходимо получить новый токен в кассовом ПО либо касса не зарегистрирована в личном "
      "кабинете юр. лица",
      "A new token has to be obtained, or the desk is not registered"}},
    {Refusal::PasswordWrong,
     {401, "PASSWORD_WRONG", "Неверный пароль кассы", "The password is wrong"}},
    {Refusal::DeskUnknown,
     {403, "DESK_NOT_REGISTERED", "Касса не зарегистрирована", "The desk is not registered"}},
    {Refusal::ReportRefused,
     {403, "REPORT_REFUSED", "Список платежей кассе недоступен", "The desk may not read the list"}},
    {Refusal::PaymentUnknown,
     {404, "PAYMENT_NOT_FOUND", "Платёж не найден", "There is no such payment"}},
    {Refusal::NoSuchResource,
     {404, "NO_SUCH_RESOURCE", "Нет такого адреса", "There is no such resource"}},
    {Refusal::WrongMethod,
     {405, "METHOD_NOT_ALLOWED", "Метод недопустим", "The method is not allowed"}},
    {Refusal::DuplicateOrder,
     {409, "ORDER_NUMBER_DUPLICATE", "Платёж с таким номером заказа уже есть",
      "There is a payment with this order number"}},
    {Refusal::TooOften, {429, "TOO_MANY_REQUESTS", "Слишком частые запросы", "Too many requests"}},
    {Refusal::LedgerBroken,
     {500, "LEDGER_BROKEN", "Журнал симулятора не пишется",
      "The simulator cannot write its ledger"}},
}};

constexpr Words kInternalError{
    500, "INTERNAL_ERROR", "Внутренняя ошибка сервера", "Internal server error"};

Words words_of(Refusal refusal) {
    const auto* found = std::find_if(
        kWords.begin(), kWords.end(), [&](const auto& known) { return known.first == refusal; });
    return found == kWords.end() ? kInternalError : found->second;
}

Words forced_words(int http) {
    constexpr std::array<std::pair<int, Refusal>, 6> kOwn{{
        {400, Refusal::BadRequest},
        {401, Refusal::TokenInvalid},
        {404, Refusal::PaymentUnknown},
        {405, Refusal::WrongMethod},
        {409, Refusal::DuplicateOrder},
        {429, Refusal::TooOften},
    }};
    const auto* found = std::find_if(
        kOwn.begin(), kOwn.end(), [&](const auto& known) { return known.first == http; });
    if (found != kOwn.end()) return words_of(found->second);
    if (http == 403) return {http, "FORBIDDEN", "Операция запрещена", "Forbidden"};
    if (http == 502) return {http, "BAD_GATEWAY", "Ошибка шлюза", "Bad gateway"};
    if (http == 503) return {http, "SERVICE_UNAVAILABLE", "Сервис недоступен", "Unavailable"};
    if (http == 504) return {http, "GATEWAY_TIMEOUT", "Шлюз не ответил", "Gateway timeout"};
    Words other = kInternalError;
    other.http = http;
    return other;
}

HttpReply reply_with(
    const Words& words, const std::string& internal_code, std::string_view detail) {
    std::string developers = words.english;
    if (!detail.empty()) developers.append(": ").append(detail);
    HttpReply reply;
    reply.status = words.http;
    reply.body = json::object({
                                  {"code", std::to_string(words.http)},
                                  {"internalCode", internal_code},
                                  {"devMessage", developers},
                                  {"userMessage", json::object(
                                                      {{"lang_ru", tr(words.russian).russian()},
                                                       {"lang_en", words.english}})},
                              })
                     .str();
    return reply;
}

}  // namespace

HttpReply refused(Refusal refusal, std::string_view detail) {
    const Words words = words_of(refusal);
    return reply_with(words, words.internal_code, detail);
}

HttpReply forced_refusal(const Effect& effect) {
    const Words words = forced_words(effect.http.value_or(500));
    HttpReply reply = reply_with(words, effect.internal_code.value_or(words.internal_code), "");
    apply(effect, reply);
    return reply;
}

}  // namespace linuxcash::simulator::oplati
