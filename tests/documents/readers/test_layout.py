from gongkai.documents.readers.layout import LONG_PROSE, is_layout


def test_one_column_only_lays_out_text():
    assert is_layout(["标题", "正文"], 1)


def test_a_few_short_cells_are_a_table():
    assert not is_layout(["索引号", "000014349", "发布机构", "青溪县人民政府"], 4)


def test_long_prose_beside_labels_is_layout():
    assert is_layout(["一、总体情况", "文" * LONG_PROSE], 2)


def test_long_prose_below_many_numbers_leaves_the_table_a_table():
    assert not is_layout(["0"] * 20 + ["文" * LONG_PROSE], 10)
