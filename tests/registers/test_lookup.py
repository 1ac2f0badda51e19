"""From a number as it is typed to what the register says."""

import pytest

from pkes.errors import RegisterFailed
from pkes.registers.lookup import look_up
from tests.registers.answers import NUMBER, answer


@pytest.mark.parametrize("number", ["999001", " 0000999001 ", "0000 999 001"])
def test_a_number_is_looked_up_as_it_is_typed(number):
    assert look_up(number, lambda asked: answer(asked)).extract.number == NUMBER


@pytest.mark.parametrize("number", ["", "0", "00001", "0000999001x", "../0000999001"])
def test_what_is_no_number_is_not_looked_up(number):
    with pytest.raises(RegisterFailed, match="no-number"):
        look_up(number, lambda _number: pytest.fail("asked"))
