// SPDX-License-Identifier: Apache-2.0
#include "terminal/payment_systems.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace linuxcash::terminal {

PaymentSystems::System& PaymentSystems::place(const std::string& name) {
    System& system = systems_[name];
    system.name = name;
    if (system.title.empty()) system.title = name;
    order_.clear();
    for (auto& [key, each] : systems_)
        order_.push_back(&each);
    return system;
}

void PaymentSystems::load(
    const std::filesystem::path& modules_dir, const std::string& name,
    const host::HostIdentity& identity) {
    System& system = place(name);
    const Result<host::ModuleLibrary> library =
        host::ModuleLibrary::load(modules_dir, name, ::geteuid());
    if (!library) {
        system.trouble = library.error().text;
        return;
    }
    run(system, *library, identity);
}

void PaymentSystems::add(const host::ModuleLibrary& library, const host::HostIdentity& identity) {
    run(place(library.description().name), library, identity);
}

void PaymentSystems::add_missing(const std::string& name, Text trouble) {
    if (systems_.contains(name)) return;
    place(name).trouble = std::move(trouble);
}

void PaymentSystems::run(
    System& system, const host::ModuleLibrary& library, const host::HostIdentity& identity) {
    system.title = library.description().title;
    system.about = library.description();
    Result<host::Instance> instance = host::Instance::create(library, identity);
    if (!instance) {
        system.trouble = instance.error().text;
        return;
    }
    if (const Result<> started = instance->start(); !started) {
        system.trouble = started.error().text;
        return;
    }
    system.instance.emplace(std::move(*instance));
}

PaymentSystems::System* PaymentSystems::find(std::string_view name) {
    const auto found = systems_.find(name);
    return found == systems_.end() ? nullptr : &found->second;
}

Result<host::Instance*> PaymentSystems::instance(std::string_view name) {
    System* system = find(name);
    if (system == nullptr) {
        return Error{ErrorCode::NotFound, tr("платежная система %1 не подключена", name)};
    }
    if (!system->instance) return Error{ErrorCode::NotFound, system->trouble};
    return &*system->instance;
}

bool PaymentSystems::has_operation(std::string_view name, std::string_view operation) {
    const System* system = find(name);
    return system != nullptr && system->about.has_operation(operation);
}

std::string PaymentSystems::title_of(const till::PaymentType& type) {
    const System* system = find(type.module());
    if (system == nullptr) return std::string(type.module());
    const auto& types = system->about.types;
    const auto known =
        std::find_if(types.begin(), types.end(), [&type](const host::SystemType& each) {
            return each.key == type.system_key() && !each.title.empty();
        });
    return known == types.end() ? system->title : known->title;
}

}  // namespace linuxcash::terminal
