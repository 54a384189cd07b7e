"""Tables about treaties and States for the terminal, in its language if that is an official one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from ploughshare.cli.table import WIDTH, interface_language
from ploughshare.lexicon.load import load
from ploughshare.model.state import State
from ploughshare.model.treaty import Position, StateStanding, TreatyStanding
from ploughshare.tracking.groups import Membership
from ploughshare.tracking.states import folded
from ploughshare.tracking.treaties import by_group, names

#: A bar of a regional group has this many cells, and a cell is full or empty.
BAR, FULL, EMPTY = 28, "\u2588", "\u2591"


def console() -> Console:
    """The terminal, or a page of a fixed width where there is none."""
    return Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)


@cache
def words() -> dict[str, dict[str, str]]:
    """The words of the tables in the language of the terminal."""
    tables: dict[str, dict[str, str]] = load("standing", interface_language())
    return tables


def show_treaties(found: Iterable[TreatyStanding]) -> None:
    """The list of treaties: a line each."""
    label = words()["labels"]
    table = _table(
        label["code"],
        label["title"],
        label["in_force"].replace("{}", ""),
        label["signatories"],
        label["parties"],
        label["known_to"].replace("{}", ""),
    )
    for each in found:
        in_force = each.in_force.isoformat() if each.in_force else "\u2013"
        table.add_row(
            Styled(each.terms.code, "bold"),
            each.terms.title,
            in_force,
            str(len(each.signatories)),
            str(len(each.parties)),
            each.terms.data_to.isoformat(),
        )
    console().print(table)


def show_treaty(found: TreatyStanding, *, every_action: bool) -> None:
    """One treaty: entry into force, a bar for each regional group, who is missing; or, with ``every_action``, each State."""
    out, label, terms = console(), words()["labels"], found.terms
    out.print()
    out.print(Styled.assemble((terms.code, "bold"), "  ", terms.title))
    known = label["known_to"].format(terms.data_to)
    if found.imported:
        known += f" {label['imported'].format(found.imported)}"
    told = f"{label['on'].format(found.on)} \u00b7 {label['opened'].format(terms.opened)} \u00b7 "
    out.print(Styled.assemble((told, "dim"), (known, "yellow" if found.on > terms.data_to else "dim")))
    for line in _force(found):
        out.print(line)
    out.print()
    out.print(_bars(found))
    out.print()
    if every_action:
        out.print(_states(found.states))
    else:
        _print_lists(out, found)
    for position in (position for each in found.states for position in each.positions):
        _print_position(out, position, names([position.state], interface_language())[0])
    if terms.note:
        out.print(Styled(f"{label['note']}: {terms.note}", "dim"))


def _force(found: TreatyStanding) -> Iterator[Styled]:
    """The lines about entry into force: since when, and what the condition was and when it was met, or who is missing."""
    label, force, condition = words()["labels"], found.force, found.terms.condition
    if found.in_force:
        yield Styled(label["in_force"].format(found.in_force), "bold green")
    elif force and force.date:
        yield Styled(label["enters"].format(force.date), "bold yellow")
    else:
        yield Styled(label["not_in_force"] if condition else label["untold"], "bold yellow")
    if not condition or not force:
        return
    said = [label["condition"].format(condition.article), label["met"].format(force.met) if force.met else label["not_met"]]
    if condition.others:
        said.append(label["others" if condition.states else "all"].format(force.others, force.needed))
    if condition.delay.months:
        said.append(label["delay_months"].format(condition.delay.months))
    elif condition.delay.days:
        said.append(label["delay_days"].format(condition.delay.days))
    if condition.not_before:
        said.append(label["not_before"].format(condition.not_before))
    yield Styled(" \u00b7 ".join(said), "dim")
    if force.missing and not force.met:
        missing = names(force.missing, interface_language())
        yield Styled.assemble((f"{label['missing']} ({len(missing)}): ", "bold"), ", ".join(missing))


def _bars(found: TreatyStanding) -> Table:
    """How many of each regional group are parties, as bars."""
    label, groups = words()["labels"], words()["groups"]
    table = Table.grid(padding=(0, 2))
    for group, members in by_group(found.states).items():
        count = sum(each.place == "party" for each in members)
        full = round(BAR * count / len(members))
        bar = Styled.assemble((FULL * full, "green"), (EMPTY * (BAR - full), "dim"))
        table.add_row(groups.get(group, label["no_group"]), bar, f"{count} / {len(members)}")
    total = Styled.assemble(
        (f"{label['parties']} {len(found.parties)}", "bold"),
        f" \u00b7 {label['signatories']} {len(found.signatories)} \u00b7 {label['non_parties']} {len(found.non_parties)}",
    )
    table.add_row("", total, "")
    return table


def _print_lists(out: Console, found: TreatyStanding) -> None:
    """Those that only signed, and those that are not parties, by regional group."""
    label, groups, language = words()["labels"], words()["groups"], interface_language()
    signed = [each for each in found.non_parties if each.place == "signatory"]
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    if signed:
        table.add_row(f"{label['signed_only']} ({len(signed)})", ", ".join(names((each.state.iso3 for each in signed), language)))
        table.add_row("", "")
    for group, members in by_group(each for each in found.non_parties if each.place == "outside").items():
        heading = f"{label['non_parties']}: {groups.get(group, label['no_group'])} ({len(members)})"
        table.add_row(heading, ", ".join(names((each.state.iso3 for each in members), language)))
    for each in (each for each in found.states if each.notice):
        table.add_row(f"{label['left']}: {each.state.name(language)}", left_in_words(each))
    if table.row_count:
        out.print(table)


def _states(found: Sequence[StateStanding]) -> Table:
    label, groups, language = words()["labels"], words()["groups"], interface_language()
    table = _table(label["state"], label["group"], label["signed"], label["joined"], label["in_force_for"], label["left"])
    for each in sorted(found, key=lambda each: folded(each.state.name(language))):
        table.add_row(each.state.name(language), groups.get(each.state.group or "", ""), *standing_cells(each))
    return table


def show_standings(out: Console, found: Sequence[StateStanding]) -> None:
    """The treaties of one State, and the positions on its standing."""
    label = words()["labels"]
    table = _table(label["treaties"], "", label["signed"], label["joined"], label["in_force_for"], label["left"])
    for each in found:
        table.add_row(Styled(each.treaty, "bold"), words()["places"][each.place], *standing_cells(each))
    out.print(table)
    for each in found:
        for position in each.positions:
            _print_position(out, position, each.treaty)


def standing_cells(each: StateStanding) -> tuple[str, str, str, str]:
    """Signed, joined, in force, left: the four days of a State under a treaty."""
    signed = each.signed.isoformat() if each.signed else ""
    joined = f"{each.joined.date} {words()['kinds'][each.joined.kind]}" if each.joined else ""
    since = each.in_force.isoformat() if each.in_force else words()["labels"]["untold"] if each.untold else ""
    return signed, joined, since, left_in_words(each) + (" *" if each.positions else "")


def left_in_words(each: StateStanding) -> str:
    """When a State left, or will leave, and when it gave notice."""
    if not each.notice:
        return ""
    notice = words()["labels"]["notice"].format(each.notice)
    return f"{each.left or words()['labels']['untold']} ({notice})"


def show_state(out: Console, state: State, groups: Sequence[Membership]) -> None:
    """A State: its names, codes, group, admission, former names."""
    label, language = words()["labels"], interface_language()
    name = state.names[language]
    out.print()
    out.print(Styled.assemble((name.name, "bold"), "  ", (f"{state.iso3} \u00b7 {state.iso2} \u00b7 {state.m49}", "dim")))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    if name.formal:
        table.add_row(label["formal"], name.formal)
    status = words()["status"][state.status] + (f", {state.admitted}" if state.admitted else "")
    table.add_row(label["status"], status)
    if state.group:
        table.add_row(label["group"], words()["groups"][state.group])
    others = [f"{other}: {each.name}" for other, each in state.names.items() if other != language]
    table.add_row(label["names"], " \u00b7 ".join(others))
    if state.former:
        former = [f"{each.names[language]} ({label['until'].format(each.until)})" for each in state.former]
        table.add_row(label["former"], " \u00b7 ".join(former))
    codes = [each.code for each in groups if each.treaty in (None, "NPT")]
    table.add_row(label["groups_of"], ", ".join(codes))
    out.print(table)
    out.print()


def _print_position(out: Console, position: Position, heading: str) -> None:
    label = words()["labels"]
    out.print(Styled(f"* {heading}: {position.matter} ({position.start})", "yellow"))
    for who, says in position.views:
        out.print(Styled.assemble("  ", (f"{who}: ", "bold"), says))
    out.print(Styled(f"  {label['source']}: {position.source}", "dim"))


def _table(*headings: str, **more: Any) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", **more)
    for heading in headings:
        table.add_column(heading.strip(), overflow="fold")
    return table
